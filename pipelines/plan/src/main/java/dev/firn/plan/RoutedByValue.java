package dev.firn.plan;

import dev.firn.definition.RouteOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.selector.TableTemplate;

/**
 * A stream whose records are routed by a value, and the line that says so.
 *
 * @param routed with the template in the place of the table's name
 */
record RoutedByValue(RoutedStream routed, TableTemplate template, Bound<RouteOptions> line) {

    String column() {
        return line.options().by().orElseThrow(() -> new IllegalStateException("our bug: a value of no column"));
    }
}

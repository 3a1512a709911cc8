package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.schema.TableName;

/** An entry of {@code tables:}, read once whatever number of tables it selects. */
record TableEntry(Bound<TableOptions> bound, Selector selector, Partitioning partitioning) {

    static TableEntry read(Bound<TableOptions> bound, Diagnostics diagnostics) {
        Selector selector = Selector.parse(bound.options().table());
        return new TableEntry(bound, selector, Partitioning.read(bound, diagnostics.at(place(selector))));
    }

    boolean selects(TableName table) {
        return selector.matches(table.full());
    }

    /** An empty list says something too: no partitions, whatever an earlier entry says. */
    boolean saysPartitioning() {
        return bound.node().child("partition-by").isPresent();
    }

    String place() {
        return place(selector);
    }

    private static String place(Selector selector) {
        return "tables (" + selector + ")";
    }
}

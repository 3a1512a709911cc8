package dev.firn.plan;

import dev.firn.spi.schema.TableName;
import java.util.Comparator;

/** A table that the records of one stream go to; a stream that is fanned out has several. */
public record RoutePlan(String source, String stream, TableName table) {

    static final Comparator<RoutePlan> BY_STREAM = Comparator.comparing(RoutePlan::source)
            .thenComparing(RoutePlan::stream)
            .thenComparing(RoutePlan::table);
}

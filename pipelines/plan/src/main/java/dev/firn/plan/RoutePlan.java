package dev.firn.plan;

import dev.firn.spi.schema.TableName;
import java.util.Comparator;

/** Where the records of one stream go. */
public record RoutePlan(String source, String stream, TableName table) {

    static final Comparator<RoutePlan> BY_STREAM =
            Comparator.comparing(RoutePlan::source).thenComparing(RoutePlan::stream);
}

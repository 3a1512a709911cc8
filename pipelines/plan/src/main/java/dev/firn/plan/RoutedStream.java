package dev.firn.plan;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.StreamDescription;
import java.util.Comparator;

/** A stream that has found its table, and the place that sent it there. */
record RoutedStream(String source, StreamDescription stream, TableName table, SourceSpan routedAt) {

    static final Comparator<RoutedStream> BY_STREAM = Comparator.comparing(RoutedStream::plan, RoutePlan.BY_STREAM);

    RoutePlan plan() {
        return new RoutePlan(source, stream.name(), table);
    }

    /** As plans name it: {@code kafka/orders}. */
    String id() {
        return source + "/" + stream.name();
    }
}

package dev.firn.plan;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSchema;
import java.util.Comparator;
import java.util.Optional;

/** A stream that has found its table, and the place that sent it there. */
record RoutedStream(String source, StreamDescription stream, TableName table, SourceSpan routedAt) {

    static final Comparator<RoutedStream> BY_STREAM = Comparator.comparing(RoutedStream::plan, RoutePlan.BY_STREAM);

    RoutePlan plan() {
        return new RoutePlan(source, stream.name(), table);
    }

    Optional<TableSchema> columns() {
        return stream.schema().map(StreamSchema::columns);
    }

    /** As plans name it: {@code kafka/orders}. */
    String id() {
        return source + "/" + stream.name();
    }
}

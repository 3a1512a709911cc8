package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the columns of a table of which every stream that is routed to it has the same ones. */
record SharedSchema(TableName table, Diagnostics diagnostics) {

    /** The schema of the first stream that has one; another stream with other columns is reported. */
    Optional<TableSchema> of(List<RoutedStream> streams) {
        List<RoutedStream> known =
                streams.stream().filter(stream -> stream.columns().isPresent()).toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        RoutedStream first = known.get(0);
        for (RoutedStream other : known.subList(1, known.size())) {
            difference(first, other).ifPresent(difference -> report(first, other, difference));
        }
        return first.columns();
    }

    private void report(RoutedStream first, RoutedStream other, String difference) {
        diagnostics.report(Diagnostic.error(
                        PlanCode.TABLE_SCHEMA_CLASH,
                        other.routedAt(),
                        "`" + first.id() + "` and `" + other.id() + "` go to `" + table
                                + "`, but their columns differ: " + difference)
                .fixedBy("route one of them to a table of its own"));
    }

    /** The first one in words; the order of columns is none. */
    private static Optional<String> difference(RoutedStream first, RoutedStream other) {
        Map<String, Column> left = byName(first);
        for (Column column : byName(other).values()) {
            Column before = left.remove(column.name());
            if (before == null) {
                return Optional.of(onlyIn(column, other));
            }
            if (!before.equals(column)) {
                return Optional.of("`" + column.name() + "` is " + words(before) + " in the one, " + words(column)
                        + " in the other");
            }
        }
        return left.values().stream().findFirst().map(column -> onlyIn(column, first));
    }

    private static String onlyIn(Column column, RoutedStream stream) {
        return "`" + column.name() + "` is only in `" + stream.id() + "`";
    }

    private static String words(Column column) {
        return (column.isOptional() ? "optional " : "required ") + column.type();
    }

    private static Map<String, Column> byName(RoutedStream stream) {
        Map<String, Column> columns = new LinkedHashMap<>();
        stream.columns().ifPresent(schema -> schema.columns().forEach(column -> columns.put(column.name(), column)));
        return columns;
    }
}

package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.plan.Partitioning.Placed;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.PartitionTransform.Kind;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/** Checks that the columns of a table can be partitioned as the file says. */
record PartitionCheck(TableName table, Diagnostics diagnostics) {

    void check(Partitioning partitioning, TableSchema schema) {
        for (Placed part : partitioning.placed()) {
            Optional<Column> column = schema.column(part.transform().column());
            if (column.isEmpty()) {
                diagnostics.report(missing(part, schema));
            } else if (!part.transform().kind().takes(column.get().type())) {
                diagnostics.report(unsuited(part, column.get()));
            } else if (part.transform().kind() != Kind.IDENTITY
                    && schema.column(fieldName(part.transform())).isPresent()) {
                diagnostics.report(Diagnostic.error(
                        PlanCode.PARTITION_CLASH,
                        part.span(),
                        "Iceberg names the partitions of `" + part.transform() + "` `" + fieldName(part.transform())
                                + "`, and `" + table + "` has a column of that name"));
            }
        }
    }

    private Diagnostic missing(Placed part, TableSchema schema) {
        String column = part.transform().column();
        List<String> suited = schema.columns().stream()
                .filter(known -> part.transform().kind().takes(known.type()))
                .map(Column::name)
                .toList();
        Diagnostic diagnostic = Diagnostic.error(
                PlanCode.PARTITION_COLUMN_MISSING,
                part.span(),
                "`" + table + "` has no column `" + column + "` to partition by");
        return Suggestion.nearest(column, suited)
                .map(nearest -> diagnostic.fixedBy("write `" + nearest + "`"))
                .orElse(diagnostic)
                .expecting(suited.isEmpty() ? suited(part.transform().kind()) : Suggestion.oneOf(suited));
    }

    private static Diagnostic unsuited(Placed part, Column column) {
        return Diagnostic.error(
                        PlanCode.PARTITION_TYPE_UNSUITED,
                        part.span(),
                        "`" + part.transform() + "` can't partition by a column of type " + column.type())
                .expecting(suited(part.transform().kind()));
    }

    /** Iceberg's own rule for the name of a partition field. */
    private static String fieldName(PartitionTransform transform) {
        String word =
                transform.kind() == Kind.TRUNCATE ? "trunc" : transform.kind().word();
        return transform.column() + "_" + word;
    }

    private static String suited(Kind kind) {
        return switch (kind) {
            case IDENTITY -> "a column that is no struct, list, map or fixed";
            case YEAR, MONTH, DAY -> "a date, timestamp or timestamptz";
            case HOUR -> "a timestamp or timestamptz";
            case BUCKET -> "an int, long, decimal, date, time, timestamp, timestamptz, string, uuid, fixed or binary";
            case TRUNCATE -> "an int, long, decimal, string or binary";
        };
    }
}

package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares a table that exists with what the streams and the file want of it. */
record DriftCheck(TableName table, SourceSpan place, Diagnostics diagnostics) {

    void check(TableSchema wanted, Partitioning partitioning, ExistingTable existing) {
        for (Column column : wanted.columns()) {
            Optional<Column> there = existing.schema().column(column.name());
            if (there.isEmpty()) {
                diagnostics.report(lacks(column));
            } else if (!there.get().type().equals(column.type())) {
                diagnostics.report(Diagnostic.error(
                        PlanCode.COLUMN_TYPE_DIFFERS,
                        place,
                        "`" + column.name() + "` is " + there.get().type() + " in the table, but " + column.type()
                                + " in the stream's latest schema"));
            }
        }
        List<PartitionTransform> wantedTransforms = partitioning.transforms();
        if (!wantedTransforms.equals(existing.partitioning())) {
            SourceSpan span = partitioning.placed().isEmpty()
                    ? place
                    : partitioning.placed().get(0).span();
            diagnostics.report(Diagnostic.warning(
                    PlanCode.PARTITIONING_DIFFERS,
                    span,
                    "`" + table + "` exists and is partitioned by " + words(existing.partitioning())
                            + "; the file says " + words(wantedTransforms) + ". The table keeps what it has"));
        }
    }

    private Diagnostic lacks(Column column) {
        String message = "`" + table + "` lacks the column `" + column.name()
                + "`: records that have it go to quarantine (schema-not-in-table)";
        return new Diagnostic(
                PlanCode.TABLE_LACKS_COLUMN,
                Severity.DANGER,
                place,
                "",
                message,
                Optional.empty(),
                Optional.of("add the column to the table: " + column.name() + " " + column.type()));
    }

    private static String words(List<PartitionTransform> transforms) {
        return transforms.isEmpty()
                ? "nothing"
                : transforms.stream().map(PartitionTransform::toString).collect(Collectors.joining(", "));
    }
}

package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Set;

/** Warns of columns of a table to be made that Iceberg has names of its own for. */
record ColumnNamesCheck(String table, Diagnostics diagnostics) {

    /** Those of its {@code MetadataColumns}, which engines show beside a table's. */
    private static final Set<String> ICEBERGS = Set.of(
            "_file",
            "_pos",
            "_deleted",
            "_spec_id",
            "_partition",
            "_change_type",
            "_change_ordinal",
            "_commit_snapshot_id",
            "_row_id",
            "_last_updated_sequence_number");

    void check(List<RoutedStream> streams, TableSchema schema) {
        for (Column column : schema.columns()) {
            if (ICEBERGS.contains(column.name())) {
                diagnostics.report(Diagnostic.warning(
                                PlanCode.RESERVED_COLUMN_NAME,
                                first(streams, column).stream().span(),
                                "`" + table + "` will have a column `" + column.name()
                                        + "`, which Iceberg has one of its own of: engines may refuse to read the table")
                        .fixedBy("give the field another name, or the column where `metadata` or `key` makes it"));
            }
        }
    }

    private static RoutedStream first(List<RoutedStream> streams, Column column) {
        return streams.stream()
                .filter(stream -> stream.stream()
                        .schema()
                        .filter(schema -> schema.columns().column(column.name()).isPresent())
                        .isPresent())
                .findFirst()
                .orElse(streams.get(0));
    }
}

package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.Widening;
import dev.firn.spi.sink.ExistingTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares a table that exists with what the streams and the file want of it, by name and down into structs. */
record DriftCheck(TableName table, SourceSpan place, Diagnostics diagnostics) {

    void check(TableSchema wanted, Partitioning partitioning, ExistingTable existing) {
        columns("", wanted.columns(), existing.schema().columns());
        if (!partitioning.transforms().equals(existing.partitioning())) {
            partitioning(partitioning, existing.partitioning());
        }
    }

    private void partitioning(Partitioning wanted, List<PartitionTransform> there) {
        String has = there.isEmpty() ? "not partitioned" : "partitioned by `" + words(there) + "`";
        String says = wanted.placed().isEmpty() ? "nothing" : "`" + words(wanted.transforms()) + "`";
        SourceSpan span =
                wanted.placed().isEmpty() ? place : wanted.placed().get(0).span();
        diagnostics.report(Diagnostic.warning(
                        PlanCode.PARTITIONING_DIFFERS,
                        span,
                        "`" + table + "` exists and is " + has + "; the file says " + says
                                + ". The table keeps what it has")
                .fixedBy("give the table `partition-by: " + words(there) + "` in `tables:`"));
    }

    /** Asked only where the file says something: a table may have got its order from somebody else, and rows follow it. */
    void sorting(Sorting wanted, ExistingTable existing) {
        List<String> there = existing.sortedBy();
        List<String> says = wanted.fields().stream().map(SortField::toString).toList();
        if (says.equals(there)) {
            return;
        }
        String has = there.isEmpty()
                ? "its rows have no order"
                : "its rows are sorted by `" + String.join(", ", there) + "`";
        String said = says.isEmpty() ? "`[]`" : "`" + String.join(", ", says) + "`";
        boolean canBeWritten =
                there.stream().allMatch(field -> SortField.parse(field).isPresent());
        String asThere = there.isEmpty() ? "[]" : String.join(", ", there);
        diagnostics.report(Diagnostic.warning(
                        PlanCode.SORT_ORDER_DIFFERS,
                        wanted.span(),
                        "`" + table + "` exists and " + has + "; the file says " + said
                                + ". The table keeps what it has")
                .fixedBy(
                        canBeWritten
                                ? "give the table `sort-by: " + asThere + "` in `tables:`"
                                : "leave `sort-by` out for this table"));
    }

    /**
     * Asked of what the file says alone: whatever else a table has is its owner's.
     *
     * @param said where the file says each
     */
    void properties(Map<String, String> wanted, Map<String, SourceSpan> said, ExistingTable existing) {
        wanted.forEach((key, value) -> {
            Optional<String> there = Optional.ofNullable(existing.properties().get(key));
            if (there.filter(value::equals).isEmpty()) {
                String has = there.map(other -> "has `" + key + "` as `" + ShownText.of(key, other) + "`")
                        .orElse("does not have `" + key + "`");
                diagnostics.report(Diagnostic.warning(
                                PlanCode.TABLE_PROPERTY_DIFFERS,
                                said.getOrDefault(key, place),
                                "`" + table + "` exists and " + has + "; the file says `" + ShownText.of(key, value)
                                        + "`. The table keeps what it has")
                        .fixedBy("set the property on the table with a query engine, or take it out of the file"));
            }
        });
    }

    private void columns(String path, List<Column> wanted, List<Column> there) {
        Map<String, Column> left = new LinkedHashMap<>();
        there.forEach(column -> left.put(column.name(), column));
        for (Column column : wanted) {
            Column found = left.remove(column.name());
            if (found == null) {
                lacks(path + column.name(), column.type());
            } else {
                nullability(path + column.name(), column.nullability(), found.nullability());
                type(path + column.name(), column.type(), found.type());
            }
        }
        left.values().stream()
                .filter(column -> !column.isOptional())
                .forEach(column -> requires(
                        path + column.name(), "which the stream's latest schema lacks: its records go to quarantine"));
    }

    private void type(String path, ColumnType wanted, ColumnType there) {
        if (wanted instanceof ColumnType.Struct fields && there instanceof ColumnType.Struct columns) {
            columns(path + ".", fields.columns(), columns.columns());
        } else if (wanted instanceof ColumnType.ListOf items && there instanceof ColumnType.ListOf list) {
            nullability(path + "[]", items.elements(), list.elements());
            type(path + "[]", items.element(), list.element());
        } else if (wanted instanceof ColumnType.MapOf entries && there instanceof ColumnType.MapOf map) {
            nullability(path + "{}", entries.values(), map.values());
            type(path + "{}", entries.value(), map.value());
        } else if (!Widening.isLossless(wanted, there)) {
            diagnostics.report(Diagnostic.error(
                    PlanCode.COLUMN_TYPE_DIFFERS,
                    place,
                    "`" + path + "` is " + there + " in the table, but " + wanted + " in the stream's latest schema"));
        }
    }

    private void nullability(String path, Nullability wanted, Nullability there) {
        if (wanted == Nullability.OPTIONAL && there == Nullability.REQUIRED) {
            requires(path, "which may be null in the stream: records without it go to quarantine");
        }
    }

    private void lacks(String path, ColumnType type) {
        danger(
                PlanCode.TABLE_LACKS_COLUMN,
                "`" + table + "` lacks the column `" + path
                        + "`: records whose schema has it go to quarantine (schema-not-in-table)",
                "add the column to the table: `" + path + " " + type + "`");
    }

    private void requires(String path, String consequence) {
        danger(
                PlanCode.TABLE_REQUIRES_COLUMN,
                "`" + table + "` requires `" + path + "`, " + consequence + " (missing-required-column)",
                "make the column optional in the table");
    }

    private void danger(PlanCode code, String message, String fix) {
        diagnostics.report(
                new Diagnostic(code, Severity.DANGER, place, "", message, Optional.empty(), Optional.of(fix)));
    }

    private static String words(List<PartitionTransform> transforms) {
        return transforms.isEmpty()
                ? "[]"
                : transforms.stream().map(PartitionTransform::toString).collect(Collectors.joining(", "));
    }
}

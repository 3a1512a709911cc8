package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.PartitionTransform.Kind;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code partition-by} of a table with the place it came from. */
record Partitioning(List<Placed> placed) {

    static final Partitioning NONE = new Partitioning(List.of());

    private static final String EXPECTED =
            "a column, or `year(c)`, `month(c)`, `day(c)`, `hour(c)`, `bucket(c, n)`, `truncate(c, n)`";

    record Placed(PartitionTransform transform, SourceSpan span) {}

    static Partitioning read(Bound<TableOptions> entry, Diagnostics diagnostics) {
        List<Placed> placed = new ArrayList<>();
        List<String> items = entry.options().partitionBy();
        for (int index = 0; index < items.size(); index++) {
            SourceSpan span = entry.span("partition-by", index);
            for (String part : splitOutsideParentheses(items.get(index))) {
                Optional<PartitionTransform> transform = PartitionTransform.parse(part);
                if (transform.isPresent()) {
                    placed.add(new Placed(transform.get(), span));
                } else {
                    diagnostics.report(Diagnostic.error(
                                    PlanCode.INVALID_PARTITION_TRANSFORM,
                                    span,
                                    "`" + part.trim() + "` is no partition transform")
                            .expecting(EXPECTED));
                }
            }
        }
        return new Partitioning(List.copyOf(placed));
    }

    List<PartitionTransform> transforms() {
        return placed.stream().map(Placed::transform).toList();
    }

    void check(TableSchema schema, Diagnostics diagnostics) {
        for (Placed part : placed) {
            PartitionTransform transform = part.transform();
            Optional<Column> column = schema.column(transform.column());
            if (column.isEmpty()) {
                diagnostics.report(Diagnostic.error(
                                PlanCode.PARTITION_COLUMN_MISSING,
                                part.span(),
                                "`" + transform + "` partitions by `" + transform.column()
                                        + "`, which the table does not have")
                        .expecting("one of "
                                + String.join(
                                        ", ",
                                        schema.columns().stream()
                                                .map(known -> "`" + known.name() + "`")
                                                .toList())));
            } else if (!suits(transform.kind(), column.get().type())) {
                diagnostics.report(Diagnostic.error(
                                PlanCode.PARTITION_TYPE_UNSUITED,
                                part.span(),
                                "`" + transform + "` can't partition a column of type "
                                        + column.get().type())
                        .expecting(suited(transform.kind())));
            }
        }
    }

    private static boolean suits(Kind kind, ColumnType type) {
        if (type instanceof ColumnType.Struct || type instanceof ColumnType.ListOf || type instanceof ColumnType.MapOf) {
            return false;
        }
        boolean instant = type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMPTZ;
        return switch (kind) {
            case IDENTITY -> true;
            case YEAR, MONTH, DAY -> instant || type == Primitive.DATE;
            case HOUR -> instant;
            case BUCKET -> type != Primitive.BOOLEAN && type != Primitive.FLOAT && type != Primitive.DOUBLE;
            case TRUNCATE -> type == Primitive.INT
                    || type == Primitive.LONG
                    || type == Primitive.STRING
                    || type == Primitive.BINARY
                    || type instanceof ColumnType.Decimal;
        };
    }

    private static String suited(Kind kind) {
        return switch (kind) {
            case IDENTITY -> "a column that is no struct, list or map";
            case YEAR, MONTH, DAY -> "a date, timestamp or timestamptz";
            case HOUR -> "a timestamp or timestamptz";
            case BUCKET -> "an int, long, decimal, date, time, timestamp, timestamptz, string, uuid, fixed or binary";
            case TRUNCATE -> "an int, long, decimal, string or binary";
        };
    }

    private static List<String> splitOutsideParentheses(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            } else if (character == ',' && depth == 0) {
                parts.add(text.substring(start, index));
                start = index + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}

package dev.firn.plan;

import dev.firn.spi.schema.Column;
import java.util.List;
import java.util.stream.Collectors;

/** The plan for people: what is read, what happens to each table, what runs. */
public final class PlanText {

    /** How much is said. */
    public enum Detail {
        SHORT,
        /** With every column and every uid. */
        VERBOSE
    }

    private PlanText() {}

    public static String write(PipelinePlan plan, Detail detail) {
        StringBuilder text = new StringBuilder();
        text.append("pipeline ")
                .append(plan.pipeline())
                .append(" · parallelism ")
                .append(plan.parallelism())
                .append(" · a checkpoint every ")
                .append(OptionsJson.duration(plan.checkpointInterval()))
                .append("\n\n");
        for (SourcePlan source : plan.sources()) {
            text.append("  source ").append(source.name()).append('\n');
            text.append("    reads    ").append(String.join(", ", source.streams())).append('\n');
            text.append("    promise  ").append(source.guarantee()).append('\n');
        }
        text.append("\n  tables\n");
        Columns columns = Columns.of(plan.tables());
        for (TablePlan table : plan.tables()) {
            text.append(columns.line(table)).append('\n');
            if (detail == Detail.VERBOSE) {
                appendColumns(text, table);
            }
        }
        text.append("\n  ledger      ").append(plan.sink().names().ledger()).append('\n');
        text.append("  quarantine  ").append(plan.sink().names().quarantine()).append('\n');
        if (detail == Detail.VERBOSE) {
            text.append("\n  operators\n");
            int width = plan.nodes().stream().mapToInt(node -> node.name().length()).max().orElse(0);
            for (PlanNode node : plan.nodes()) {
                text.append(String.format("    %-" + width + "s  x %-3d uid %s%n", node.name(), node.parallelism(), node.uid()));
            }
        }
        return text.toString();
    }

    private static void appendColumns(StringBuilder text, TablePlan table) {
        List<Column> columns = table.schema().map(schema -> schema.columns()).orElse(List.of());
        int width = columns.stream().mapToInt(column -> column.name().length()).max().orElse(1);
        for (Column column : columns) {
            String nullability = column.isOptional() ? "" : "  required";
            text.append(String.format("               %-" + width + "s  %s%s%n", column.name(), column.type(), nullability));
        }
        table.properties().forEach((key, value) -> text.append("               ").append(key).append(" = ").append(value).append('\n'));
    }

    /** Widths, so that the lines of the tables stand under each other. */
    private record Columns(int action, int name, int size, int partitions) {

        static Columns of(List<TablePlan> tables) {
            return new Columns(
                    width(tables.stream().map(table -> action(table)).toList()),
                    width(tables.stream().map(table -> table.name().full()).toList()),
                    width(tables.stream().map(Columns::size).toList()),
                    width(tables.stream().map(Columns::partitions).toList()));
        }

        String line(TablePlan table) {
            String format = "    %-" + action + "s  %-" + name + "s  %" + size + "s  %-" + partitions + "s  from %s";
            return String.format(
                    format, action(table), table.name(), size(table), partitions(table), String.join(", ", table.streams()));
        }

        private static int width(List<String> texts) {
            return Math.max(1, texts.stream().mapToInt(String::length).max().orElse(1));
        }

        private static String action(TablePlan table) {
            return switch (table.action()) {
                case CREATE -> "create";
                case NOTHING -> "is there";
                case UNKNOWN -> "not asked";
            };
        }

        private static String size(TablePlan table) {
            return table.schema()
                    .map(schema -> schema.columns().size() + " columns")
                    .orElse("schema not asked");
        }

        private static String partitions(TablePlan table) {
            return table.partitioning().isEmpty()
                    ? "not partitioned"
                    : table.partitioning().stream().map(Object::toString).collect(Collectors.joining(", "));
        }
    }
}

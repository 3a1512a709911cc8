package dev.firn.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan as a graph in the language of Graphviz: streams in their sources, and the tables that they lead to. The same text for the
 * same plan.
 */
public final class PlanDot {

    private final PipelinePlan plan;
    private final StringBuilder text = new StringBuilder();

    private PlanDot(PipelinePlan plan) {
        this.plan = plan;
    }

    public static String write(PipelinePlan plan) {
        return new PlanDot(plan).write();
    }

    private String write() {
        line("digraph " + quoted(plan.pipeline()) + " {");
        line("  rankdir=LR");
        line("  node [shape=box, fontname=\"Helvetica\"]");
        line("  graph [fontname=\"Helvetica\", label="
                + quoted("pipeline " + plan.pipeline() + " · a checkpoint every "
                        + OptionsJson.duration(plan.checkpointInterval()))
                + "]");
        for (int number = 0; number < plan.sources().size(); number++) {
            source(number, plan.sources().get(number));
        }
        plan.tables().forEach(this::table);
        plan.tablesByValue().forEach(this::tablesByValue);
        plan.routes()
                .forEach(route -> edge(
                        stream(route.source() + "/" + route.stream()),
                        tableId(route.table().full())));
        plan.tablesByValue().forEach(byValue -> byValue.streams()
                .forEach(stream ->
                        edge(stream(stream), tableId(byValue.template().text()))));
        quarantine();
        line("}");
        return text.toString();
    }

    private void source(int number, SourcePlan source) {
        line("  subgraph cluster_" + number + " {");
        line("    label=" + lines(Stream.of("source " + source.name(), source.guarantee())));
        source.streams()
                .forEach(name ->
                        line("    " + stream(source.name() + "/" + name) + " [label=" + quoted(name) + ", shape=cds]"));
        line("  }");
    }

    private void table(TablePlan table) {
        Stream<String> columns =
                table.schema().stream().map(schema -> schema.columns().size() + " columns");
        Stream<String> partitions = table.partitioning().stream().map(Object::toString);
        Stream<String> action = Stream.of(table.action())
                .filter(doing -> doing != TableAction.UNKNOWN)
                .map(doing -> doing == TableAction.CREATE ? "to be created" : "is there");
        node(table.name().full(), Stream.of(action, columns, partitions).flatMap(all -> all));
    }

    private void tablesByValue(TablesByValuePlan tables) {
        node(
                tables.template().text(),
                Stream.of("one for each `" + tables.column() + "`", "at most " + tables.maxTables()));
    }

    /** What can't be read or has no table; a dashed line, since nobody hopes for it. */
    private void quarantine() {
        String table = tableId(plan.sink().names().quarantine().full());
        line("  " + table + " [label="
                + lines(Stream.of(plan.sink().names().quarantine().full(), "quarantine"))
                + ", shape=cylinder, style=dashed]");
        for (SourcePlan source : plan.sources()) {
            source.streams()
                    .forEach(name ->
                            line("  " + stream(source.name() + "/" + name) + " -> " + table + " [style=dashed]"));
        }
    }

    private void node(String name, Stream<String> about) {
        line("  " + tableId(name) + " [label=" + lines(Stream.concat(Stream.of(name), about)) + ", shape=cylinder]");
    }

    private void edge(String from, String to) {
        line("  " + from + " -> " + to);
    }

    private static String stream(String id) {
        return quoted("stream " + id);
    }

    private static String tableId(String name) {
        return quoted("table " + name);
    }

    /** One under the other. */
    private static String lines(Stream<String> lines) {
        List<String> escaped = lines.map(PlanDot::escaped).toList();
        return escaped.stream().collect(Collectors.joining("\\n", "\"", "\""));
    }

    private static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}

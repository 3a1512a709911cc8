package dev.firn.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.OptionsJson.Purpose;
import dev.firn.plan.Page.Labelled;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plan for people: what is read, what happens to each table, what runs. */
public final class PlanText {

    /** How much is said. */
    public enum Detail {
        SHORT,
        /** With every option, defaults included, every column and every uid. */
        VERBOSE
    }

    private final PipelinePlan plan;
    private final Detail detail;
    private final Origins origins;
    private final Page page = new Page();
    private final OptionsJson options = new OptionsJson(Purpose.SHOWN);

    private PlanText(PipelinePlan plan, Detail detail, Origins origins) {
        this.plan = plan;
        this.detail = detail;
        this.origins = origins;
    }

    public static String write(PipelinePlan plan, Detail detail) {
        return write(plan, detail, Origins.UNKNOWN);
    }

    /** As above; with every detail, also where each setting stands. */
    public static String write(PipelinePlan plan, Detail detail, Origins origins) {
        return new PlanText(plan, detail, origins).write();
    }

    private String write() {
        page.line("pipeline " + plan.pipeline() + " · parallelism " + plan.parallelism() + " · a checkpoint every "
                + OptionsJson.duration(plan.checkpointInterval()));
        plan.project()
                .ifPresent(project -> page.line("project " + project.name()
                        + project.environment()
                                .map(name -> " · environment " + name)
                                .orElse("")));
        if (detail == Detail.VERBOSE) {
            page.line("plan " + PlanJson.hash(plan) + " · max parallelism " + plan.maxParallelism());
            if (origins.areKnown()) {
                section("pipeline", origins.ofPipeline());
            }
            if (!plan.flink().isEmpty()) {
                section("flink", origins.inFlink(settings("", options.settings(plan.flink()))));
            }
        }
        plan.sources().forEach(this::source);
        page.line("");
        page.line("  tables");
        new TableLines(plan.tables(), detail, origins).write(page);
        plan.tablesByValue().forEach(this::tablesByValue);
        if (detail == Detail.VERBOSE) {
            section(EvolutionLines.TITLE, EvolutionLines.usual());
        }
        sink();
        if (detail == Detail.VERBOSE) {
            operators();
        }
        return page.toString();
    }

    private void tablesByValue(TablesByValuePlan tables) {
        List<Labelled> rows = new ArrayList<>();
        rows.add(Labelled.of(
                "makes", "one for each `" + tables.column() + "`, at most " + tables.maxTables() + ", while it runs"));
        tables.there()
                .ifPresent(there -> rows.add(new Labelled(
                        "is there",
                        there.isEmpty()
                                ? List.of("none")
                                : there.stream().map(TableName::full).toList())));
        rows.add(Labelled.of(
                "columns",
                tables.schema()
                        .map(schema -> String.valueOf(schema.columns().size()))
                        .orElse("unknown")));
        TableSettings.Effective usual = tables.usual();
        List<String> transforms =
                usual.partitioning().stream().map(Object::toString).toList();
        rows.add(new Labelled("partitions", transforms.isEmpty() ? List.of("none") : transforms));
        if (!usual.sortOrder().isEmpty()) {
            rows.add(new Labelled(
                    "sorted by",
                    usual.sortOrder().stream().map(Object::toString).toList()));
        }
        if (detail == Detail.VERBOSE || !usual.commits().atEveryCheckpoint()) {
            rows.add(Labelled.of("commits", usual.commits().when()));
        }
        if (detail == Detail.VERBOSE) {
            rows.add(Labelled.of("hold", usual.commits().hold()));
            rows.add(EvolutionLines.row(usual.evolution()));
            usual.properties()
                    .forEach((key, value) -> rows.add(Labelled.of("properties." + key, ShownText.of(key, value))));
        }
        rows.add(new Labelled("from", tables.streams()));
        section("tables " + tables.template(), rows);
    }

    private void source(SourcePlan source) {
        List<Labelled> rows = new ArrayList<>();
        rows.add(new Labelled("reads", source.streams()));
        rows.add(Labelled.of("promise", source.guarantee()));
        if (detail == Detail.VERBOSE) {
            rows.addAll(origins.inSource(source.name(), settings("", options.of(source.options()))));
        }
        section("source " + typed(source.name(), source.type()), rows);
    }

    private static String typed(String name, String type) {
        return name.equals(type) ? name : name + " (" + type + ")";
    }

    private void sink() {
        List<Labelled> rows = new ArrayList<>();
        rows.add(Labelled.of("ledger", plan.sink().names().ledger().full()));
        rows.add(Labelled.of(
                "quarantine",
                plan.sink().names().quarantine().full() + kept(plan.sink().payload())));
        plan.sink()
                .haltAbove()
                .ifPresent(halt -> rows.add(Labelled.of(
                        "halts",
                        "above " + halt.share() + " of the records of " + OptionsJson.duration(halt.over())
                                + " in quarantine")));
        plan.sink()
                .topic()
                .ifPresent(topic -> rows.add(
                        Labelled.of("and topic", topic.topic() + ", on the brokers of `" + topic.source() + "`")));
        if (detail == Detail.VERBOSE) {
            rows.addAll(origins.inSink(settings("", options.of(plan.sink().options()))));
        }
        section("sink " + plan.sink().type(), rows);
    }

    private static String kept(QuarantinePayload payload) {
        return switch (payload.payload()) {
            case RAW -> "";
            case NONE -> ", without the bytes of records";
            case ENCRYPTED -> ", with the bytes of records encrypted";
        };
    }

    private void operators() {
        page.line("");
        page.line("  operators");
        Page.aligned(plan.nodes().stream()
                        .map(node -> List.of(node.name(), "parallelism " + node.parallelism(), "uid " + node.uid()))
                        .toList())
                .forEach(line -> page.line("    " + line));
    }

    private void section(String title, List<Labelled> rows) {
        page.line("");
        page.line("  " + title);
        page.block("    ", rows);
    }

    /** Options as they would be asked for: {@code format.registry.url}. */
    private static List<Labelled> settings(String prefix, ObjectNode options) {
        List<Labelled> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            String name = prefix + option.getKey();
            if (option.getValue() instanceof ObjectNode nested) {
                rows.addAll(settings(name + ".", nested));
            } else if (option.getValue().isArray()) {
                List<String> items = new ArrayList<>();
                option.getValue().forEach(item -> items.add(item.isTextual() ? item.textValue() : item.toString()));
                rows.add(new Labelled(name, items));
            } else {
                rows.add(Labelled.of(name, option.getValue().asText()));
            }
        }
        return rows;
    }
}

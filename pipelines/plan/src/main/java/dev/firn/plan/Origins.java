package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import dev.firn.plan.Page.Labelled;
import dev.firn.plan.settings.EffectiveSettings;
import dev.firn.plan.settings.Setting;
import dev.firn.plan.settings.ShownNode;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a plan's settings stand in the files that it was made from; the plan itself is a value without places. */
public final class Origins {

    /** Nothing is known, and no place is shown. */
    static final Origins UNKNOWN = new Origins(Optional.empty(), Map.of(), Optional.empty(), List.of());

    private final Optional<Node.Mapping> pipeline;
    private final Map<String, Node.Mapping> sources;
    private final Optional<Node.Mapping> sink;
    private final List<Bound<TableOptions>> tables;

    private Origins(
            Optional<Node.Mapping> pipeline,
            Map<String, Node.Mapping> sources,
            Optional<Node.Mapping> sink,
            List<Bound<TableOptions>> tables) {
        this.pipeline = pipeline;
        this.sources = Map.copyOf(sources);
        this.sink = sink;
        this.tables = List.copyOf(tables);
    }

    public static Origins of(PipelineDefinition definition) {
        return new Origins(
                Optional.of(definition.pipeline().node()),
                definition.sources().stream()
                        .collect(Collectors.toMap(SourceDefinition::name, source -> source.component()
                                .node())),
                Optional.of(definition.sink().component().node()),
                definition.tables());
    }

    /** What the section itself says of the pipeline, beside what a page has elsewhere. */
    List<Labelled> ofPipeline() {
        List<Labelled> rows = new ArrayList<>();
        pipeline.ifPresent(said -> said.entries().stream()
                .filter(entry -> entry.value() instanceof Node.Scalar)
                .forEach(entry -> rows.add(row(entry.key().text(), entry.value()))));
        return rows;
    }

    List<Labelled> inFlink(List<Labelled> rows) {
        return placed(rows, pipeline.flatMap(said -> said.child("flink")));
    }

    List<Labelled> inSource(String name, List<Labelled> rows) {
        return placed(rows, Optional.ofNullable(sources.get(name)));
    }

    List<Labelled> inSink(List<Labelled> rows) {
        return placed(rows, sink);
    }

    /** All that the entries say of a table. */
    List<Labelled> ofTable(TableName table) {
        return EffectiveSettings.of(tables, table).settings().stream()
                .map(setting -> row(setting.name(), setting))
                .toList();
    }

    boolean areKnown() {
        return pipeline.isPresent();
    }

    private static Labelled row(String name, Setting setting) {
        return Labelled.of(name, setting.text() + " (" + setting.place() + ")");
    }

    private static Labelled row(String name, Node value) {
        return Labelled.of(name, ShownNode.text(name, value) + " (" + ShownNode.place(value.span()) + ")");
    }

    /** What the file says gets its place; what it does not say is a default. */
    private static List<Labelled> placed(List<Labelled> rows, Optional<? extends Node> node) {
        return node.isEmpty()
                ? rows
                : rows.stream()
                        .map(row -> span(node.get(), row.label())
                                .map(span -> with(row, " (" + ShownNode.place(span) + ")"))
                                .orElse(row))
                        .toList();
    }

    private static Labelled with(Labelled row, String place) {
        List<String> parts = new ArrayList<>(row.parts());
        parts.set(parts.size() - 1, parts.get(parts.size() - 1) + place);
        return new Labelled(row.label(), parts);
    }

    /** Follows a name such as {@code format.registry.url} down the tree, where keys may have dots in them too. */
    private static Optional<SourceSpan> span(Node node, String name) {
        if (!(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (name.equals(key)) {
                return Optional.of(entry.value().span());
            }
            if (name.startsWith(key + ".")) {
                return span(entry.value(), name.substring(key.length() + 1));
            }
        }
        return Optional.empty();
    }
}

package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineOptions;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.plan.sanity.Sanity;
import dev.firn.spi.Connectors;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.StreamDefinition;
import dev.firn.spi.source.StreamDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the plan: streams are found, routed and grouped into tables, and the graph gets its names. */
public final class Planner {

    private final Connectors connectors;
    private final PlanContext context;
    private final Diagnostics diagnostics = new Diagnostics();

    private Planner(Connectors connectors, PlanContext context) {
        this.connectors = connectors;
        this.context = context;
    }

    /** A plan comes with all complaints; with an error among them it must not be run. */
    public static Checked<PipelinePlan> plan(
            PipelineDefinition definition, Connectors connectors, PlanContext context) {
        return new Planner(connectors, context).plan(definition);
    }

    /** The names of Firn's own tables, which follow from the file alone. */
    public static LakeNames lakeNames(PipelineDefinition definition) {
        String namespace = definition.sink().namespace();
        String quarantine = definition
                .quarantine()
                .flatMap(section -> section.options().table())
                .orElse(namespace + ".firn_quarantine");
        return new LakeNames(definition.name(), new TableName(namespace + ".firn_ledger"), new TableName(quarantine));
    }

    /** What is kept of the bytes of quarantined records, which follows from the file alone, too. */
    public static QuarantinePayload quarantinePayload(PipelineDefinition definition) {
        return definition
                .quarantine()
                .map(section -> QuarantinePayload.of(section.options()))
                .orElse(QuarantinePayload.RAW);
    }

    /** Where complaints about a source are filed. */
    public static String place(SourceDefinition source) {
        boolean named = source.component().node().child("name").isPresent();
        return "source " + (named ? source.name() + " " : "") + "(" + source.type() + ")";
    }

    private Checked<PipelinePlan> plan(PipelineDefinition definition) {
        UnbuiltCheck unbuilt = new UnbuiltCheck(definition, diagnostics);
        FlinkSettings.check(definition, diagnostics);
        FlinkSecrets.check(definition, diagnostics);
        connectors
                .sink(definition.sink().type())
                .check(
                        definition.sink(),
                        diagnostics.at("sink (" + definition.sink().type() + ")"));

        List<SourcePlan> sources = new ArrayList<>();
        List<RoutedStream> routed = new ArrayList<>();
        Router router = new Router(definition, diagnostics);
        // A line of the route may be for what a source selects and nobody has asked for.
        boolean mayReadMore = false;
        for (SourceDefinition source : definition.sources()) {
            Diagnostics atSource = diagnostics.at(place(source));
            SourceDescription description = connectors.source(source.type()).describe(source, atSource);
            List<StreamDescription> streams =
                    unbuilt.concerns(source) ? withoutSchemas(description) : context.streams(source, atSource);
            mayReadMore |= description.selection().isOpen() && !context.knowsAllStreams();
            sources.add(new SourcePlan(
                    source.name(),
                    source.type(),
                    description.guarantee(),
                    streams.stream().map(StreamDescription::name).sorted().toList(),
                    schemas(streams),
                    source.component().options()));
            streams.forEach(stream -> routed.addAll(router.route(source, stream)));
        }
        sources.sort(Comparator.comparing(SourcePlan::name));
        routed.sort(RoutedStream.BY_STREAM);
        if (!mayReadMore && !leavesOpen()) {
            router.reportUnmatched();
        }

        List<RoutedByValue> routedByValue = router.byValue();
        TablePlanner tablePlanner = new TablePlanner(definition, sources, context, diagnostics);
        List<TablePlan> tables = tablePlanner.plan(
                routed, routedByValue.stream().map(RoutedByValue::template).toList(), mayReadMore);
        List<TablesByValuePlan> byValue = new ByValuePlanner(
                        context, definition, diagnostics, tablePlanner.entries(), reserved(definition, tables))
                .plan(routedByValue);
        PipelineOptions options = definition.pipeline().options();
        PipelinePlan plan = new PipelinePlan(
                options.name(),
                options.parallelism(),
                PipelinePlan.MAX_PARALLELISM,
                options.checkpointInterval(),
                new TreeMap<>(options.flink()),
                sources,
                routed.stream().map(RoutedStream::plan).toList(),
                tables,
                byValue,
                new SinkPlan(
                        definition.sink().type(),
                        definition.sink().component().options(),
                        lakeNames(definition),
                        quarantinePayload(definition),
                        definition.quarantine().flatMap(section -> section.options()
                                .haltAbove()),
                        QuarantineTopics.plan(
                                definition,
                                connectors,
                                context,
                                sources.stream().collect(Collectors.toMap(SourcePlan::name, SourcePlan::streams)),
                                diagnostics)),
                nodes(options, sources),
                definition
                        .layers()
                        .project()
                        .map(project -> new ProjectPlan(
                                project.name(), definition.layers().environment())));
        if (!diagnostics.hasErrors()) {
            Sanity.check(plan);
        }
        return Checked.of(plan, diagnostics);
    }

    private static List<StreamDescription> withoutSchemas(SourceDescription source) {
        return source.streams().stream()
                .map(stream -> new StreamDescription(stream.name(), stream.span(), Optional.empty()))
                .toList();
    }

    /** Whether what can't be read yet may have the streams that a line waits for. */
    private boolean leavesOpen() {
        return diagnostics.has(DefinitionCode.NOT_BUILT_YET);
    }

    private static SortedMap<String, StreamDefinition> schemas(List<StreamDescription> streams) {
        SortedMap<String, StreamDefinition> schemas = new TreeMap<>();
        streams.forEach(stream -> stream.schema().ifPresent(schema -> schemas.put(stream.name(), schema.definition())));
        return schemas;
    }

    /** Tables that no value of a column may lead to. */
    private static Set<TableName> reserved(PipelineDefinition definition, List<TablePlan> tables) {
        LakeNames names = lakeNames(definition);
        Set<TableName> reserved = tables.stream().map(TablePlan::name).collect(Collectors.toCollection(HashSet::new));
        reserved.add(names.ledger());
        reserved.add(names.quarantine());
        reserved.addAll(names.besideTheLedger());
        return reserved;
    }

    private static List<PlanNode> nodes(PipelineOptions options, List<SourcePlan> sources) {
        String pipeline = options.name();
        int parallelism = options.parallelism();
        List<PlanNode> nodes = new ArrayList<>();
        for (SourcePlan source : sources) {
            String name = source.name();
            nodes.add(new PlanNode.ReadSource(
                    name, OperatorUid.of(pipeline, "source", name), "read " + name, parallelism));
            nodes.add(
                    new PlanNode.TapLedger(name, OperatorUid.of(pipeline, "tap", name), "count " + name, parallelism));
        }
        nodes.add(new PlanNode.WriteTables(OperatorUid.of(pipeline, "tables"), "write tables", parallelism));
        if (parallelism > 1) {
            nodes.add(new PlanNode.WriteGathered(OperatorUid.of(pipeline, "gathered"), "write gathered", parallelism));
        }
        nodes.add(new PlanNode.CommitEpochs(OperatorUid.of(pipeline, "epochs"), "commit epochs"));
        return nodes;
    }
}

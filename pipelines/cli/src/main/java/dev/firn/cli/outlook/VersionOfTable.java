package dev.firn.cli.outlook;

import dev.firn.cli.TimeLimit;
import dev.firn.cli.schema.NoSchema;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.outlook.Outlook;
import dev.firn.flink.write.PlannedRules;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.Planner;
import dev.firn.plan.TablePlan;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.spi.Connectors;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.RollbackTarget;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds a version of the schemas that come to a table, as the running job would read them. */
public final class VersionOfTable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String file;
    private final PipelineDefinition definition;
    private final Connectors connectors;
    private final ReferenceResolver references;
    private final LivePlanContext live;

    /** @param file as people name it */
    public VersionOfTable(
            String file,
            PipelineDefinition definition,
            Connectors connectors,
            ReferenceResolver references,
            LivePlanContext live) {
        this.file = file;
        this.definition = definition;
        this.connectors = connectors;
        this.references = references;
        this.live = live;
    }

    /** Of one of the subjects that go to the table, by itself, or by a topic; needed where there are several. */
    public record Asked(TableName table, Optional<String> subject, Optional<String> topic, int version) {}

    /** @throws NoSchema if the file, or what was asked for, leads to none */
    public RollbackTarget find(Asked asked) throws NoSchema {
        PipelinePlan plan = plan();
        FramedStreams framed =
                FramedStreams.of(file, definition, connectors, references).among(streams(plan, asked.table()));
        if (framed.isEmpty()) {
            throw new NoSchema("no stream that goes to `" + asked.table() + "` has its schemas in a registry");
        }
        List<FramedStream> streams = framed.meant(asked.subject(), asked.topic());
        String subject = streams.get(0).subject();
        RegistryClient registry = streams.get(0).registry().client();
        TimeLimit limit = new TimeLimit(PATIENCE, "the versions of `" + subject + "` were not to be had");
        List<Integer> versions = limit.on(() -> registry.versions(subject));
        if (!versions.contains(asked.version())) {
            throw new NoSchema(
                    versions.isEmpty()
                            ? "the registry has no subject `" + subject + "`"
                            : "`" + subject + "` has no version " + asked.version() + ", but "
                                    + versions.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        int id = limit.on(() -> registry.told(subject, asked.version()).id())
                .orElseThrow(() -> new OutsideException(
                        "the registry does not say the id of version " + asked.version() + " of `" + subject + "`"));
        Lake lake = live.lake().orElseThrow(() -> new IllegalStateException("our bug: there is no catalog"));
        try (Outlook outlook = new Outlook(plan.pipeline(), lake, references, VersionOfTable.class.getClassLoader())) {
            List<SchemaLineage> lineages = new ArrayList<>();
            for (FramedStream stream : streams) {
                SchemaLineage lineage = limit.on(() -> lineage(outlook, plan, stream, id, asked.table()));
                if (!lineages.contains(lineage)) {
                    lineages.add(lineage);
                }
            }
            return new RollbackTarget(asked.table(), subject, asked.version(), lineages);
        }
    }

    private PipelinePlan plan() throws NoSchema {
        Checked<PipelinePlan> planned =
                Planner.plan(definition, connectors, new SupposedContext(live, connectors, references, Map.of()));
        List<Diagnostic> errors = planned.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .sorted(Diagnostic.BY_PLACE)
                .toList();
        if (!errors.isEmpty()) {
            throw new NoSchema(file, errors);
        }
        return planned.value().orElseThrow(() -> new IllegalStateException("our bug: no plan, and no error"));
    }

    private List<String> streams(PipelinePlan plan, TableName table) throws NoSchema {
        List<String> streams = new ArrayList<>();
        plan.tables().stream()
                .filter(planned -> planned.name().equals(table))
                .forEach(planned -> streams.addAll(planned.streams()));
        plan.tablesByValue().stream()
                .filter(byValue -> byValue.template().canBe(table.full()))
                .forEach(byValue -> streams.addAll(byValue.streams()));
        if (streams.isEmpty()) {
            List<String> names = plan.tables().stream()
                    .map(TablePlan::name)
                    .map(TableName::full)
                    .toList();
            throw new NoSchema("the pipeline has no table `" + table + "`"
                    + Suggestion.nearest(table.full(), names)
                            .map(near -> "; did you mean `" + near + "`?")
                            .orElse(names.isEmpty() ? "" : "; it has " + Suggestion.oneOf(new TreeSet<>(names))));
        }
        return streams;
    }

    private static SchemaLineage lineage(
            Outlook outlook, PipelinePlan plan, FramedStream stream, int id, TableName table) {
        try {
            List<SchemaLineage> lineages = outlook.lineages(
                    TableOutlooks.source(plan, stream),
                    stream.name(),
                    id,
                    PlannedRules.in(plan).of(table));
            return lineages.stream()
                    .filter(lineage -> lineage.subjectName().equals(Optional.of(stream.subject())))
                    .findFirst()
                    .or(() -> lineages.stream().findFirst())
                    .orElseThrow(() -> new IllegalStateException("our bug: a schema of a registry without versions"));
        } catch (Rejected rejected) {
            if (rejected.code() == RejectCode.SCHEMA_UNAVAILABLE) {
                throw new OutsideException(rejected.reason());
            }
            throw new OutsideException("the version can't be rows of the table: " + rejected.reason());
        }
    }
}

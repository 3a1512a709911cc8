package dev.firn.cli.outlook;

import dev.firn.cli.schema.NoSchema;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.outlook.Outlook;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.Planner;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.compare.Compatibility;
import dev.firn.schema.compare.CompatibilityLevel;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.SubjectVersion;
import dev.firn.spi.Connectors;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.NewestSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A pipeline as if a schema were the newest of some of its streams. */
public final class Supposition {

    private final PipelineDefinition definition;
    private final Connectors connectors;
    private final ReferenceResolver references;
    private final LivePlanContext live;
    private final List<FramedStream> streams;
    private final SupposedSchema schema;
    private final RegistryClient registry;
    private final String subject;

    /**
     * @param streams all of one subject, at least one
     * @param schema its file
     */
    public Supposition(
            PipelineDefinition definition,
            Connectors connectors,
            ReferenceResolver references,
            LivePlanContext live,
            List<FramedStream> streams,
            Path schema)
            throws NoSchema {
        this.definition = definition;
        this.connectors = connectors;
        this.references = references;
        this.live = live;
        this.streams = List.copyOf(streams);
        this.schema = SupposedSchema.read(schema, streams.get(0).format());
        this.registry = streams.get(0).registry().client();
        this.subject = streams.get(0).subject();
    }

    /**
     * A plan with the schema, or what is in the way.
     *
     * @param isBySchema whether the file plans as long as the schema is not registered
     */
    public record Planned(Optional<PipelinePlan> plan, List<Diagnostic> errors, boolean isBySchema) {
        public Planned {
            errors = List.copyOf(errors);
        }
    }

    /** @param opening what was reported when the outside was opened */
    public Planned plan(List<Diagnostic> opening) {
        Map<String, NewestSchema> supposed = new HashMap<>();
        streams.forEach(stream -> supposed.put(stream.path(), new NewestSchema(schema.name(), schema.text())));
        Checked<PipelinePlan> with = plan(supposed);
        List<Diagnostic> errors = errors(opening, with);
        if (errors.isEmpty()) {
            return new Planned(with.value(), errors, false);
        }
        List<Diagnostic> without = errors(opening, plan(Map.of()));
        return without.isEmpty()
                ? new Planned(Optional.empty(), errors, true)
                : new Planned(Optional.empty(), without, false);
    }

    private Checked<PipelinePlan> plan(Map<String, NewestSchema> supposed) {
        return Planner.plan(definition, connectors, new SupposedContext(live, connectors, references, supposed));
    }

    private static List<Diagnostic> errors(List<Diagnostic> opening, Checked<PipelinePlan> planned) {
        return Stream.concat(opening.stream(), planned.diagnostics().stream())
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .sorted(Diagnostic.BY_PLACE)
                .distinct()
                .toList();
    }

    /**
     * What becomes of the tables.
     *
     * @param plan with the schema
     * @param file as a command line has it, with its environment
     * @param path the same without
     */
    public SchemaOutlook outlook(PipelinePlan plan, String file, String path) {
        Lake lake = live.lake()
                .orElseThrow(
                        () -> new IllegalStateException("our bug: a plan without faults was made without a catalog"));
        List<SubjectVersion> versions = registry.versions(subject).stream()
                .map(version -> registry.told(subject, version))
                .toList();
        Optional<SubjectVersion> registered = versions.stream()
                .filter(version -> schema.isThat(version.answer()))
                .reduce((earlier, later) -> later);
        Optional<CompatibilityLevel> level = registered.isPresent() ? Optional.empty() : level();
        try (Outlook outlook = new Outlook(plan.pipeline(), lake, references, Supposition.class.getClassLoader())) {
            return new SchemaOutlook(
                    file,
                    schema.name(),
                    subject,
                    path + ":" + streams.get(0).name(),
                    next(versions),
                    registered.map(SubjectVersion::version).orElseGet(OptionalInt::empty),
                    level,
                    level.filter(asked -> !isCompatible(asked, versions)).isEmpty(),
                    TableOutlooks.of(definition, plan, outlook, streams, ids(plan, outlook, registered)));
        }
    }

    private Map<String, Integer> ids(PipelinePlan plan, Outlook outlook, Optional<SubjectVersion> registered) {
        OptionalInt known = registered.map(SubjectVersion::id).orElseGet(OptionalInt::empty);
        Map<String, Integer> ids = new HashMap<>();
        for (FramedStream stream : streams) {
            ids.computeIfAbsent(
                    stream.source().name(),
                    source -> known.isPresent()
                            ? known.getAsInt()
                            : outlook.suppose(TableOutlooks.source(plan, stream), subject, schema.definition()));
        }
        return ids;
    }

    private static int next(List<SubjectVersion> versions) {
        return versions.stream()
                        .flatMapToInt(version -> version.version().stream())
                        .max()
                        .orElse(0)
                + 1;
    }

    /** Of Avro alone: for the other types nothing here says what a level means. */
    private Optional<CompatibilityLevel> level() {
        return schema.type() == SchemaType.AVRO
                ? registry.level(subject).flatMap(said -> Stream.of(CompatibilityLevel.values())
                        .filter(level -> level.name().equals(said))
                        .findFirst())
                : Optional.empty();
    }

    private boolean isCompatible(CompatibilityLevel level, List<SubjectVersion> versions) {
        List<Schema> before = new ArrayList<>();
        for (SubjectVersion version : versions) {
            if (version.answer() instanceof RegistryAnswer.Found found) {
                parsed(found.schema()).ifPresent(before::add);
            }
        }
        Schema next = parsed(schema.text())
                .orElseThrow(() -> new IllegalStateException("our bug: the schema was valid a moment ago"));
        return level.among(before).stream()
                .allMatch(older -> Compatibility.between(older, next, level).isEmpty());
    }

    private static Optional<Schema> parsed(String text) {
        try {
            return Optional.of(AvroSchemas.parse(text));
        } catch (AvroSchemas.NotAvro e) {
            return Optional.empty();
        }
    }
}

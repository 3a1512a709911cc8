package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.flink.PlannedFormats;
import dev.firn.flink.preview.Preview;
import dev.firn.flink.preview.Previewed;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanCode;
import dev.firn.plan.SourcePlan;
import dev.firn.schema.given.GivenFormat;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.SchemaType;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.sink.Lake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * The formats, routes, rules and decisions of a pipeline's job, with nothing around them: the registry has the schemas of the plan and no
 * others, the lake has no table but those of the plan, and nobody outside is asked.
 *
 * <pre>
 *   records of a test -> route -> decoder -> rules -> rows, quarantine, what is left out
 *                                   |
 *                     schemas of the plan, each the only version of its subject
 * </pre>
 */
final class TestBench implements StreamSchemas, AutoCloseable {

    private final PipelinePlan plan;
    private final Lake nowhere;
    private final ReferenceResolver references;
    private final String pull;
    private final Map<String, SourceFormat> formats = new HashMap<>();
    private final Map<String, GivenFormat.Ids> ids = new HashMap<>();
    private final Map<String, Integer> newer = new HashMap<>();

    /**
     * @param nowhere a lake without tables; closed with this
     * @param pull the command that gets schemas
     */
    TestBench(PipelinePlan plan, Lake nowhere, ReferenceResolver references, String pull) {
        this.plan = plan;
        this.nowhere = nowhere;
        this.references = raw -> orItself(references, raw);
        this.pull = pull;
        for (SourcePlan source : plan.sources()) {
            RecordFormat format = PlannedFormats.of(plan.pipeline(), source, TestBench.class.getClassLoader());
            // Held from before any reader opens: with it, none of them asks a registry.
            formats.put(source.name(), new SourceFormat(format.framed(), format.memoryAlone()));
        }
    }

    private record SourceFormat(FramedParts framed, SchemaMemory memory) {}

    @Override
    public GivenFormat.Ids ids(TestStreams.Stream stream) {
        return ids.computeIfAbsent(stream.path(), first -> register(stream));
    }

    private GivenFormat.Ids register(TestStreams.Stream stream) {
        SourceFormat format = formats.get(stream.source());
        if (format == null) {
            throw new IllegalStateException("our bug: no format for the source " + stream.source());
        }
        int value = format.framed().hasValue()
                ? suppose(
                        format,
                        stream.name() + "-value",
                        stream.schemas().orElseThrow().value(),
                        stream.options().format().schemaType())
                : 0;
        int key = format.framed().hasKey()
                ? suppose(
                        format,
                        stream.name() + "-key",
                        stream.schemas().orElseThrow().key().orElseThrow(),
                        SchemaType.AVRO)
                : 0;
        return new GivenFormat.Ids(value, key);
    }

    private static int suppose(SourceFormat format, String subject, String schema, SchemaType type) {
        return format.memory().suppose(subject, new RegistryAnswer.Found(schema, type).definition());
    }

    @Override
    public void missing(TestStreams.Stream stream, SourceSpan span, Diagnostics diagnostics) {
        diagnostics.report(Diagnostic.error(
                        PlanCode.SCHEMA_NOT_PULLED,
                        span,
                        "the schema of `" + stream.name() + "` is not known, so no record of it can be written")
                .fixedBy(pull));
    }

    /** Under which id the stream's readers know a schema of its values, which is the newest of them where they do not yet. */
    int id(TestStreams.Stream stream, String schema) {
        GivenFormat.Ids planned = ids(stream);
        String known = stream.schemas().orElseThrow().value();
        if (new Schema.Parser().parse(schema).equals(new Schema.Parser().parse(known))) {
            return planned.value();
        }
        SourceFormat format = Objects.requireNonNull(formats.get(stream.source()));
        return newer.computeIfAbsent(
                stream.path() + "\n" + schema,
                first -> suppose(
                        format,
                        stream.name() + "-value",
                        schema,
                        stream.options().format().schemaType()));
    }

    /** The job's way, as if no record had ever been read; closed before this is. */
    Preview open() {
        Preview.Tables tables = new Preview.Tables(nowhere, table -> false);
        return Preview.open(plan, tables, references, TestBench.class.getClassLoader());
    }

    /** What becomes of a test's records, as if they were the first that the pipeline ever reads. */
    Previewed run(List<TestCase.Given> given) {
        try (Preview preview = open()) {
            given.forEach(one -> preview.take(one.record()));
            return preview.seen();
        }
    }

    @Override
    public void close() {
        formats.values().forEach(format -> format.memory().close());
        nowhere.close();
    }

    /** A test needs no secrets: what hides a column is then hidden by the reference's own text. */
    private static String orItself(ReferenceResolver references, String raw) {
        try {
            return references.resolve(raw);
        } catch (UnresolvedReference unresolved) {
            return raw;
        }
    }
}

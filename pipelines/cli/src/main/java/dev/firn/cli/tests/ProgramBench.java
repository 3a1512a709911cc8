package dev.firn.cli.tests;

import dev.firn.cli.PipelineFile;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.yaml.Node;
import dev.firn.flink.preview.Preview;
import dev.firn.flink.preview.Previewed;
import dev.firn.plan.PipelinePlan;
import dev.firn.schema.given.GivenFormat;
import dev.firn.schema.given.Unfit;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file with its bench, for records that a program gives one after the other. An Avro record may come in a schema of its own,
 * which is then the newest version of its stream's. Not thread-safe.
 */
public final class ProgramBench implements AutoCloseable {

    private final TestBench bench;
    private final Preview preview;
    private final TestStreams streams;
    private final SortedSet<String> tables;
    private final SourceSpan place;
    private final Map<String, Long> positions = new HashMap<>();

    private ProgramBench(TestBench bench, TestStreams streams, SortedSet<String> tables, SourceSpan place) {
        this.bench = bench;
        this.preview = bench.open();
        this.streams = streams;
        this.tables = tables;
        this.place = place;
    }

    /** @throws IllegalArgumentException if the file is wrong, with all that is wrong with it */
    public static ProgramBench of(PipelineFile file) {
        Optional<PipelineDefinition> definition = file.read();
        PipelinePlan plan = definition
                .flatMap(file::planOfflineWithSchemas)
                .orElseThrow(() ->
                        new IllegalArgumentException("`" + file.path() + "` can't be tested:\n\n" + file.printed()));
        TestBench bench = new TestBench(
                plan,
                file.connectors().sink(plan.sink().type()).nowhere(plan.sink().names()),
                SystemReferences.ofThisProcess(),
                "firn schema pull " + file.arguments());
        return new ProgramBench(
                bench,
                TestStreams.of(definition.orElseThrow(), plan),
                new TargetTables(plan).names(),
                SourceSpan.startOf(file.path().toString()));
    }

    /** Tables that the file names, and templates of those that values name. */
    public SortedSet<String> tables() {
        return tables;
    }

    /** @throws IllegalArgumentException if there is no such stream, or no producer could write such a record to it */
    public void give(GivenRecord given) {
        TestStreams.Stream stream = stream(given.from());
        try {
            GivenFormat format = stream.format(bench.ids(stream));
            preview.take(new RawRecord(
                    new Split(stream.source(), stream.name(), 0, ""),
                    positions.merge(stream.path(), 1L, Long::sum) - 1,
                    given.timestamp().toEpochMilli(),
                    given.key() == null ? null : format.key(GivenNodes.of(given.key(), place)),
                    value(given.value(), stream, format),
                    given.headers()));
        } catch (Unfit unfit) {
            throw new IllegalArgumentException("no such record can be given to `" + given.from() + "`: "
                    + unfit.sentence()
                    + unfit.expected().map(expected -> "; expected " + expected).orElse(""));
        }
    }

    private byte @Nullable [] value(@Nullable Object value, TestStreams.Stream stream, GivenFormat format)
            throws Unfit {
        if (!(value instanceof IndexedRecord record)) {
            Node node = GivenNodes.of(value, place);
            return format.value(node);
        }
        return format.value(record, bench.id(stream, record.getSchema().toString()));
    }

    private TestStreams.Stream stream(String name) {
        List<TestStreams.Stream> called = streams.called(name);
        if (called.size() != 1) {
            throw new IllegalArgumentException(
                    called.isEmpty()
                            ? "the file reads no stream `" + name + "`, but " + Suggestion.oneOf(streams.names())
                            : "several sources have a stream `" + name + "`; write "
                                    + Suggestion.oneOf(called.stream()
                                            .map(TestStreams.Stream::path)
                                            .toList()));
        }
        TestStreams.Stream stream = called.get(0);
        if (!GivenFormat.canWrite(stream.options().format().type())) {
            throw new IllegalArgumentException("records of `" + name + "` can't be given: they are `"
                    + stream.options().format().type().word() + "`");
        }
        if (stream.schemas().isEmpty()) {
            Diagnostics missing = new Diagnostics();
            bench.missing(stream, place, missing);
            throw new IllegalArgumentException(missing.inOrder().stream()
                    .map(Diagnostic::message)
                    .findFirst()
                    .orElseThrow());
        }
        return stream;
    }

    /** What has become of all records so far. */
    public Previewed seen() {
        return preview.seen();
    }

    @Override
    public void close() {
        preview.close();
        bench.close();
    }
}

package dev.firn.cli.tests;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.tests.GivenOptions;
import dev.firn.definition.tests.TestOptions;
import dev.firn.definition.yaml.Node;
import dev.firn.schema.FormatType;
import dev.firn.schema.given.GivenFormat;
import dev.firn.schema.given.Scalars;
import dev.firn.schema.given.Unfit;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the records that a test gives, each in the bytes of its producer. */
final class GivenReading {

    private static final String NO_TOPIC_ID = "";

    private final TestStreams streams;
    private final StreamSchemas schemas;
    private final Diagnostics diagnostics;
    private final Map<String, Long> positions = new HashMap<>();

    GivenReading(TestStreams streams, StreamSchemas schemas, Diagnostics diagnostics) {
        this.streams = streams;
        this.schemas = schemas;
        this.diagnostics = diagnostics;
    }

    List<TestCase.Given> read(Bound<TestOptions> test) {
        List<TestCase.Given> given = new ArrayList<>();
        List<Node> nodes = items(test.node().child("given").orElseThrow());
        for (int place = 0; place < nodes.size(); place++) {
            read(test.options().given().get(place), (Node.Mapping) nodes.get(place))
                    .ifPresent(given::add);
        }
        return given;
    }

    /** A single value counts as a list of one. */
    static List<Node> items(Node node) {
        return node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
    }

    private Optional<TestCase.Given> read(GivenOptions options, Node.Mapping node) {
        SourceSpan from = node.child("from").orElse(node).span();
        Optional<TestStreams.Stream> stream = stream(options.from(), from);
        if (stream.isEmpty() || !canWrite(stream.get(), from)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TestCase.Given(record(stream.get(), options, node), node.span()));
        } catch (Unfit unfit) {
            report(diagnostics, unfit);
            return Optional.empty();
        }
    }

    static void report(Diagnostics diagnostics, Unfit unfit) {
        Diagnostic complaint = Diagnostic.error(TestCode.TEST_VALUE_UNSUITED, unfit.span(), unfit.sentence());
        diagnostics.report(unfit.expected().map(complaint::expecting).orElse(complaint));
    }

    private Optional<TestStreams.Stream> stream(String name, SourceSpan span) {
        List<TestStreams.Stream> called = streams.called(name);
        if (called.size() == 1) {
            return Optional.of(called.get(0));
        }
        if (called.isEmpty()) {
            diagnostics.report(unknown(span, "the file reads no stream `" + name + "`", name, streams.names()));
        } else {
            diagnostics.report(Diagnostic.error(
                            TestCode.TEST_NAMES_NOTHING, span, "several sources have a stream `" + name + "`")
                    .expecting(Suggestion.oneOf(
                            called.stream().map(TestStreams.Stream::path).toList())));
        }
        return Optional.empty();
    }

    static Diagnostic unknown(SourceSpan span, String what, String name, Collection<String> known) {
        Diagnostic complaint = Diagnostic.error(TestCode.TEST_NAMES_NOTHING, span, what);
        Diagnostic expecting = known.isEmpty() ? complaint : complaint.expecting(Suggestion.oneOf(known));
        return Suggestion.nearest(name, known)
                .map(meant -> expecting.fixedBy("write `" + meant + "`"))
                .orElse(expecting);
    }

    private boolean canWrite(TestStreams.Stream stream, SourceSpan from) {
        FormatType type = stream.options().format().type();
        if (!GivenFormat.canWrite(type)) {
            diagnostics.report(Diagnostic.error(
                    TestCode.TEST_VALUE_UNSUITED,
                    from,
                    "a test can't give records of `" + stream.name() + "`, which are `" + type.word() + "`"));
            return false;
        }
        if (stream.schemas().isEmpty()) {
            schemas.missing(stream, from, diagnostics);
        }
        return stream.schemas().isPresent();
    }

    private RawRecord record(TestStreams.Stream stream, GivenOptions options, Node.Mapping node) throws Unfit {
        GivenFormat format = stream.format(schemas.ids(stream));
        byte @Nullable [] value = format.value(options.value());
        byte @Nullable [] key =
                options.key().isPresent() ? format.key(options.key().get()) : null;
        Node at = node.child("timestamp").orElseGet(() -> new Node.Scalar(options.timestamp(), true, node.span()));
        List<Header> headers = new ArrayList<>();
        options.headers().forEach((name, text) -> headers.add(new Header(name, text.getBytes(StandardCharsets.UTF_8))));
        return new RawRecord(
                new Split(stream.source(), stream.name(), 0, NO_TOPIC_ID),
                positions.merge(stream.path(), 1L, Long::sum) - 1,
                Scalars.instant(at, "timestamp").toEpochMilli(),
                key,
                value,
                headers);
    }
}

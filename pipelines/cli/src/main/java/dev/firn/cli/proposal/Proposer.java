package dev.firn.cli.proposal;

import dev.firn.cli.PipelineFile;
import dev.firn.cli.preview.Decoding;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.project.Layers;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.preview.Previewed;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.ProposedSource;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.SampleRequest;
import dev.firn.spi.source.SampleRequest.Part;
import dev.firn.spi.source.SourceAddress;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SourceProposer;
import dev.firn.spi.source.SplitRange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file for a stream, in three looks, each with a file that is a bit better than the one before.
 *
 * <pre>
 *   every record as it is -> a sample of bytes -> a format -> a plan, and rows -> the table's entry -> planned once more
 * </pre>
 */
public final class Proposer {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int FROM_EACH_END = 250;

    private final Asked asked;
    private final SourceProposer sources;

    /**
     * What is wanted.
     *
     * @param path where the file will stand; nothing is written there
     * @param layers those around it
     * @param catalog the sink's, as YAML
     * @param aboutCatalog why that one
     */
    public record Asked(
            Path path,
            Layers layers,
            SourceAddress address,
            ProposedFile.Names names,
            String catalog,
            String aboutCatalog) {}

    /** The text of a file that plans without a fault, and its plan. */
    public record Proposal(String text, PipelinePlan plan, ProposedSource source, List<Finding> findings) {}

    /** What keeps a file from being proposed, as a plan would say it. */
    public static final class Faults extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<Diagnostic> diagnostics;
        private final String text;

        private Faults(List<Diagnostic> diagnostics, String text) {
            super("faults");
            this.diagnostics = List.copyOf(diagnostics);
            this.text = text;
        }

        public List<Diagnostic> diagnostics() {
            return diagnostics;
        }

        /** The file that they are of. */
        public String text() {
            return text;
        }
    }

    public Proposer(Asked asked, SourceProposer sources) {
        this.asked = asked;
        this.sources = sources;
    }

    /** Throws {@link dev.firn.spi.source.OutsideException} where somebody does not answer. */
    public Proposal propose() throws Faults {
        String stream = asked.names().stream();
        ProposedSource asItIs = sources.asItIs(stream, asked.address());
        Sample sample = sample(asItIs);
        ProposedSource source = sources.fitting(stream, asked.address(), sample);
        List<String> heading = heading(sample);
        Looked bytes = plan(file(heading, source, List.of()).text(), source, sample.records());
        List<String> seen = new ArrayList<>(heading);
        rejected(bytes.previewed()).ifPresent(seen::add);
        List<Finding> findings = TableProposal.of(table(bytes, sample));
        String text = file(seen, source, findings).text();
        return new Proposal(text, plan(text, source, List.of()).plan(), source, findings);
    }

    private ProposedFile file(List<String> heading, ProposedSource source, List<Finding> findings) {
        return new ProposedFile(asked.names(), heading, source, findings, asked.catalog(), asked.aboutCatalog());
    }

    private KnownSecrets references(ProposedSource source) {
        return new KnownSecrets(source.secrets(), SystemReferences.ofThisProcess());
    }

    private Sample sample(ProposedSource source) throws Faults {
        String text = file(List.of(), source, List.of()).text();
        PipelineFile file = new PipelineFile(asked.path(), asked.layers());
        PipelineDefinition definition = bound(file, text);
        SourceDefinition only = definition.sources().get(0);
        Diagnostics diagnostics = new Diagnostics();
        try (SourceInspector inspector = file.connectors().source(only.type()).inspect(only, references(source))) {
            inspector.streams(diagnostics);
            refuse(diagnostics.inOrder(), text);
            Sample last = inspector.sample(new SampleRequest(Part.LAST, Optional.empty(), FROM_EACH_END, PATIENCE));
            Sample first = inspector.sample(new SampleRequest(Part.FIRST, Optional.empty(), FROM_EACH_END, PATIENCE));
            return both(first, last);
        }
    }

    /** In the order of the stream, each record once. */
    private static Sample both(Sample first, Sample last) {
        Map<String, RawRecord> records = new LinkedHashMap<>();
        List<Sample> samples = List.of(first, last);
        samples.forEach(sample ->
                sample.records().forEach(record -> records.put(record.split().id() + "@" + record.position(), record)));
        return new Sample(
                List.copyOf(records.values()),
                last.splits(),
                last.ended() == Sample.Ended.OUT_OF_TIME ? last.ended() : first.ended());
    }

    private List<String> heading(Sample sample) {
        long records = records(sample);
        int splits = sample.splits().size();
        List<String> heading = new ArrayList<>();
        heading.add(
                "Proposed by `firn new` for `" + asked.names().stream() + "`: " + counted(records, "record") + " in "
                        + counted(splits, "partition") + ", of which "
                        + String.format("%,d", sample.records().size())
                        + (sample.records().size() == 1 ? " was" : " were") + " looked at.");
        if (sample.ended() == Sample.Ended.OUT_OF_TIME) {
            heading.add("The topic did not give more within " + PATIENCE.toSeconds() + " seconds.");
        }
        heading.add("What is said below is said of those. Change what you like; `firn plan` shows what comes of it.");
        return heading;
    }

    private static String counted(long number, String what) {
        return String.format("%,d", number) + " " + what + (number == 1 ? "" : "s");
    }

    private static long records(Sample sample) {
        return sample.splits().stream().mapToLong(SplitRange::length).sum();
    }

    /** A plan without a fault, and the rows that it makes of records. */
    private record Looked(PipelinePlan plan, Previewed previewed) {}

    private Looked plan(String text, ProposedSource source, List<RawRecord> records) throws Faults {
        PipelineFile file = new PipelineFile(asked.path(), asked.layers());
        PipelineDefinition definition = bound(file, text);
        KnownSecrets references = references(source);
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context = LivePlanContext.open(definition, file.connectors(), references, opening)) {
            Optional<PipelinePlan> plan = file.plan(definition, context, opening.inOrder());
            refuse(file.diagnostics(), text);
            PipelinePlan made =
                    plan.orElseThrow(() -> new IllegalStateException("our bug: no plan, and no word of why"));
            return new Looked(made, new Decoding(made, context, references, PATIENCE).of(records));
        }
    }

    private static PipelineDefinition bound(PipelineFile file, String text) throws Faults {
        Optional<PipelineDefinition> definition = file.read(text);
        refuse(file.diagnostics(), text);
        return definition.orElseThrow(() -> new IllegalStateException("our bug: no definition, and no word of why"));
    }

    private static void refuse(Collection<Diagnostic> said, String text) throws Faults {
        List<Diagnostic> errors = said.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new Faults(errors, text);
        }
    }

    private static Optional<String> rejected(Previewed previewed) {
        if (previewed.rejected().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> codes = new LinkedHashMap<>();
        previewed.rejected().forEach(record -> codes.merge(record.code().word(), 1, Integer::sum));
        List<String> words = codes.entrySet().stream()
                .map(code -> code.getValue() + " `" + code.getKey() + "`")
                .toList();
        return Optional.of(counted(previewed.rejected().size(), "record")
                + " of the sample can't be read and would go to" + " quarantine: " + String.join(", ", words) + ".");
    }

    private static SampledTable table(Looked looked, Sample sample) {
        Optional<Previewed.Rows> rows =
                looked.previewed().rows().values().stream().findFirst();
        TableSchema schema = rows.map(Previewed.Rows::schema)
                .or(() -> looked.plan().tables().stream()
                        .flatMap(table -> table.schema().stream())
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("our bug: a plan without a table"));
        List<SampledRow> sampled = new ArrayList<>();
        rows.ifPresent(of -> of.rows().forEach(row -> sampled.add(sampled(row))));
        return new SampledTable(schema, sampled, records(sample));
    }

    private static SampledRow sampled(Previewed.Row row) {
        RawRecord record = row.record();
        Optional<Instant> time = record.timestamp() == RawRecord.NO_TIMESTAMP
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(record.timestamp()));
        return new SampledRow(row.values(), time, text(record.key()));
    }

    private static Optional<String> text(byte @Nullable [] key) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

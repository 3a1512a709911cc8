package dev.firn.cli;

import dev.firn.cli.outlook.NewestOutlook;
import dev.firn.cli.preview.Decoding;
import dev.firn.cli.preview.Glimpse;
import dev.firn.cli.preview.PreviewJson;
import dev.firn.cli.preview.PreviewText;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.Foresight;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.SourcePlan;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.SampleRequest;
import dev.firn.spi.source.SampleRequest.Part;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Shows what some records of the sources would become; no job, no consumer group, no table, no ledger. */
@Command(
        name = "preview",
        description = {
            "Shows what some records would become: rows of each table, and what would go to quarantine.",
            "They are decoded and routed as by a run, and nothing is written: no table is made, no position is kept. Over once"
                    + " there are enough, or no more."
        },
        sortOptions = false,
        customSynopsis =
                "firn preview [--records N] [--stream STREAM] [--from latest|earliest] [--env NAME] [--format text|json] FILE",
        footer = {"firn preview orders.yaml", "firn preview --records 100 --stream orders --format json orders.yaml"})
final class PreviewVerb extends Verb {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--records",
            paramLabel = "N",
            converter = Count.class,
            description = "How many records are looked at, over all partitions; 20 unless said, 10,000 at most.")
    private int records = 20;

    @Option(names = "--stream", paramLabel = "STREAM", description = "A topic alone, of those that the file reads.")
    private @Nullable String stream;

    @Option(
            names = "--from",
            paramLabel = "latest|earliest",
            description = "Which end of each partition they are of; the latest unless said.")
    private End from = End.LATEST;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    /** Kafka's words. */
    enum End {
        LATEST,
        EARLIEST
    }

    /** As many as a screen and a memory take. */
    static final class Count implements ITypeConverter<Integer> {

        private static final int MOST = 10_000;

        @Override
        public Integer convert(String text) {
            int count = Integer.parseInt(text);
            if (count < 1 || count > MOST) {
                throw new TypeConversionException("no count");
            }
            return count;
        }
    }

    PreviewVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        ReferenceResolver references = SystemReferences.ofThisProcess();
        Diagnostics opening = new Diagnostics();
        Foresight.Opening foresight = NewestOutlook.of(definition.get(), file.connectors(), references);
        try (LivePlanContext context =
                LivePlanContext.open(definition.get(), file.connectors(), references, foresight, opening)) {
            Optional<PipelinePlan> plan = file.plan(definition.get(), context, opening.inOrder());
            screen.diagnostics(file.printed());
            if (plan.isEmpty()) {
                return ExitCode.of(file.diagnostics());
            }
            SortedSet<String> streams = streams(plan.get());
            if (stream != null && !streams.contains(stream)) {
                return unknown(stream, streams);
            }
            return show(file, definition.get(), plan.get(), context, references);
        } catch (OutsideException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private int show(
            PipelineFile file,
            PipelineDefinition definition,
            PipelinePlan plan,
            LivePlanContext context,
            ReferenceResolver references) {
        List<RawRecord> looked = new ArrayList<>();
        long there = 0;
        Sample.Ended ended = Sample.Ended.ENOUGH;
        List<SourceDefinition> asked = definition.sources().stream()
                .filter(source -> stream == null || reads(plan, source.name(), stream))
                .toList();
        int left = records;
        for (int place = 0; place < asked.size() && left > 0; place++) {
            SourceDefinition source = asked.get(place);
            // The last one gives what the others have not.
            int share = Math.max(1, left / (asked.size() - place));
            Part part = from == End.EARLIEST ? Part.FIRST : Part.LAST;
            try (SourceInspector inspector =
                    file.connectors().source(source.type()).inspect(source, references)) {
                // A topic that the file selects may be there that the plan leaves out.
                Set<String> streams = stream == null ? streams(plan, source.name()) : Set.of(stream);
                Sample sample = inspector.sample(new SampleRequest(part, Optional.of(streams), share, PATIENCE));
                looked.addAll(sample.records());
                there += sample.splits().stream().mapToLong(SplitRange::length).sum();
                ended = sample.ended() == Sample.Ended.ENOUGH ? ended : sample.ended();
                left -= sample.records().size();
            }
        }
        Glimpse glimpse =
                new Glimpse(looked.size(), there, ended, new Decoding(plan, context, references, PATIENCE).of(looked));
        screen.result(format == Format.JSON ? PreviewJson.write(glimpse) : PreviewText.write(glimpse));
        return ExitCode.DONE;
    }

    private static Set<String> streams(PipelinePlan plan, String source) {
        return plan.sources().stream()
                .filter(planned -> planned.name().equals(source))
                .flatMap(planned -> planned.streams().stream())
                .collect(Collectors.toSet());
    }

    private int unknown(String asked, SortedSet<String> streams) {
        screen.progress("firn: the file reads no stream `" + asked + "`, but " + Suggestion.oneOf(streams)
                + Suggestion.nearest(asked, streams)
                        .map(word -> "; did you mean `" + word + "`?")
                        .orElse(""));
        return ExitCode.FILE;
    }

    private static SortedSet<String> streams(PipelinePlan plan) {
        SortedSet<String> streams = new TreeSet<>();
        plan.sources().forEach(source -> streams.addAll(source.streams()));
        return streams;
    }

    private static boolean reads(PipelinePlan plan, String source, String stream) {
        return plan.sources().stream()
                .filter(read -> read.name().equals(source))
                .map(SourcePlan::streams)
                .anyMatch(streams -> streams.contains(stream));
    }
}

package dev.firn.flink;

import dev.firn.flink.commit.CommitRules;
import dev.firn.flink.commit.CommitterConfig;
import dev.firn.flink.commit.EpochCommitterFactory;
import dev.firn.flink.count.LedgerTap;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.flink.write.GatheredWriter;
import dev.firn.flink.write.PlannedKeys;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.flink.write.PlannedRules;
import dev.firn.flink.write.PlannedUnique;
import dev.firn.flink.write.TableWriter;
import dev.firn.flink.write.WriterConfig;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.plan.PlanNode;
import dev.firn.plan.QuarantineTopics;
import dev.firn.plan.SourcePlan;
import dev.firn.spi.Connectors;
import dev.firn.spi.flink.SourceTranslator;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.sink.LakeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.api.common.time.Time;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * Makes the job of a plan.
 *
 * <pre>
 *                             +--> write gathered --+
 *                             |                     |
 *   read a -> count a --+--> write tables ----------+--> commit epochs (one)
 *      (chained)  \     |                           |
 *   read b -> count b --+                           |
 *                 \_______ entries _________________+
 * </pre>
 *
 * With one source, reading, counting and writing are one chain: what is not gathered crosses no network before it is in a
 * file. A job of one subtask gathers nothing.
 */
public final class JobTranslator {

    private final PipelinePlan plan;
    private final JobSettings settings;
    private final Map<String, SourceTranslator> translators = new TreeMap<>();
    private final LakeFactory lake;

    public JobTranslator(PipelinePlan plan, JobSettings settings, ClassLoader loader) {
        this.plan = plan;
        this.settings = settings;
        ServiceLoader.load(SourceTranslator.class, loader)
                .forEach(translator -> translators.put(translator.type(), translator));
        Connectors connectors = Connectors.load(loader);
        LakeFactory ofTables = connectors
                .sink(plan.sink().type())
                .lake(plan.sink().options(), plan.sink().names());
        this.lake = QuarantineTopics.of(plan, connectors).map(ofTables::beside).orElse(ofTables);
    }

    /** The job's graph; {@code configuration} holds what the place it runs in decides. */
    public StreamGraph translate(Configuration configuration) {
        Configuration effective = new Configuration(configuration);
        effective.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(effective);
        environment.setParallelism(plan.parallelism());
        environment.setMaxParallelism(plan.maxParallelism());
        environment.getConfig().disableGenericTypes();
        environment.getConfig().setGlobalJobParameters(PlanParameters.of(plan));
        environment.setRestartStrategy(
                strategy(goesOnFromTheLedger() ? JobSettings.Restarts.NEVER : settings.restarts()));
        CheckpointSettings.apply(environment.getCheckpointConfig(), plan.checkpointInterval());
        build(environment);
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(plan.pipeline());
        return graph;
    }

    /** A writer finds in its tables what they have, so it may not start while others have something for them in their state. */
    private boolean goesOnFromTheLedger() {
        return !PlannedUnique.in(plan).isEmpty();
    }

    private static RestartStrategies.RestartStrategyConfiguration strategy(JobSettings.Restarts restarts) {
        return restarts.most() == 0
                ? RestartStrategies.noRestart()
                : RestartStrategies.failureRateRestart(
                        restarts.most(), Time.fromDuration(restarts.within()), Time.fromDuration(restarts.pause()));
    }

    private void build(StreamExecutionEnvironment environment) {
        DataStream<SourceEvent> records = null;
        DataStream<LedgerEntry> entries = null;
        Map<String, RecordFormat> formats = new HashMap<>();
        for (SourcePlan source : plan.sources()) {
            SourceTranslator.PlannedSource planned = planned(source);
            SourceTranslator translator = translator(source);
            formats.put(source.name(), translator.format(planned));
            SingleOutputStreamOperator<SourceEvent> counted = countedSource(environment, source, translator, planned);
            records = union(records, counted);
            entries = union(entries, counted.getSideOutput(LedgerTap.ENTRIES));
        }
        if (records == null || entries == null) {
            throw new IllegalStateException("our bug: a plan without a source");
        }
        DataStream<LedgerEntry> written = written(records, formats);
        committed(entries.union(written));
    }

    private SourceTranslator.PlannedSource planned(SourcePlan source) {
        return new SourceTranslator.PlannedSource(
                plan.pipeline(),
                settings.run(),
                source.name(),
                source.options(),
                source.streams(),
                source.schemas(),
                settings.startPositions());
    }

    /** Where splits of a source stood when Flink saved one of its own; none where they were not open yet, or the file reads them no more. */
    public List<SourceTranslator.SavedSplit> savedSplits(String source, int version, byte[] bytes) throws IOException {
        for (SourcePlan read : plan.sources()) {
            if (read.name().equals(source)) {
                return translator(read).savedSplits(planned(read), version, bytes);
            }
        }
        throw new IllegalStateException("our bug: the plan has no source " + source);
    }

    private SingleOutputStreamOperator<SourceEvent> countedSource(
            StreamExecutionEnvironment environment,
            SourcePlan source,
            SourceTranslator translator,
            SourceTranslator.PlannedSource planned) {
        PlanNode.ReadSource read = node(PlanNode.ReadSource.class, source.name());
        PlanNode.TapLedger tap = node(PlanNode.TapLedger.class, source.name());
        DataStream<SourceEvent> events = environment
                .fromSource(
                        translator.source(planned),
                        WatermarkStrategy.noWatermarks(),
                        read.name(),
                        FirnTypes.SOURCE_EVENT)
                .uid(read.uid().value());
        return events.transform(
                        tap.name(),
                        FirnTypes.SOURCE_EVENT,
                        new LedgerTap(tap.uid().value(), translator.format(planned), schemas(source)))
                .uid(tap.uid().value());
    }

    private LedgerSchemas schemas(SourcePlan source) {
        List<PlannedSchema> found = new ArrayList<>();
        // Only the process that reads knows which registry the file means.
        source.schemas()
                .forEach((stream, definition) -> found.add(new PlannedSchema(
                        "",
                        source.name(),
                        stream,
                        settings.run(),
                        definition.value(),
                        definition.key().orElse(""))));
        return new LedgerSchemas(settings.schemas(), found);
    }

    private DataStream<LedgerEntry> written(DataStream<SourceEvent> records, Map<String, RecordFormat> formats) {
        PlanNode.WriteTables node = node(PlanNode.WriteTables.class, null);
        Optional<PlanNode.WriteGathered> gathered = find(PlanNode.WriteGathered.class, null);
        int writers = gathered.isPresent() ? 2 : 1;
        SingleOutputStreamOperator<LedgerEntry> written = records.transform(
                        node.name(),
                        FirnTypes.LEDGER_ENTRY,
                        new TableWriter(config(node, writers, formats), Routes.of(plan)))
                .uid(node.uid().value());
        if (gathered.isEmpty()) {
            return written;
        }
        PlanNode.WriteGathered gatherer = gathered.get();
        return written.union(written.getSideOutput(TableWriter.GATHERED)
                .partitionCustom((writer, subtasks) -> writer, new WriterOf())
                .transform(
                        gatherer.name(),
                        FirnTypes.LEDGER_ENTRY,
                        new GatheredWriter(config(gatherer, writers, formats).withoutTimes()))
                .uid(gatherer.uid().value()));
    }

    private WriterConfig config(PlanNode node, int writersInSubtask, Map<String, RecordFormat> formats) {
        return new WriterConfig(
                node.uid().value(),
                settings.run(),
                writersInSubtask,
                CommitRules.in(plan).mayDetach(),
                PlannedPolicies.in(plan),
                PlannedRules.in(plan),
                PlannedKeys.in(plan),
                PlannedUnique.in(plan),
                settings.newest(),
                plan.sink().payload(),
                formats,
                lake);
    }

    /** The subtask that something is sent to; a class, for Flink can't see the type of a lambda's answer. */
    private static final class WriterOf implements KeySelector<Gathered, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer getKey(Gathered gathered) {
            return gathered.writer();
        }
    }

    private void committed(DataStream<LedgerEntry> entries) {
        PlanNode.CommitEpochs node = node(PlanNode.CommitEpochs.class, null);
        CommitterConfig config = new CommitterConfig(
                settings.run(),
                PlanJson.hash(plan),
                plan.sink().names().quarantine(),
                lake,
                CommitRules.in(plan),
                plan.sink().haltAbove().orElse(null),
                goesOnFromTheLedger());
        entries.global()
                .transform(node.name(), Types.VOID, new EpochCommitterFactory(config))
                .uid(node.uid().value())
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    private SourceTranslator translator(SourcePlan source) {
        SourceTranslator translator = translators.get(source.type());
        if (translator == null) {
            throw new IllegalStateException("our bug: no translator for the source type " + source.type());
        }
        return translator;
    }

    private <N extends PlanNode> N node(Class<N> kind, @Nullable String source) {
        return find(kind, source)
                .orElseThrow(() -> new IllegalStateException("our bug: the plan has no " + kind.getSimpleName()));
    }

    private <N extends PlanNode> Optional<N> find(Class<N> kind, @Nullable String source) {
        return plan.nodes().stream()
                .filter(kind::isInstance)
                .filter(node -> source == null || sourceOf(node).equals(Optional.of(source)))
                .map(kind::cast)
                .findFirst();
    }

    private static Optional<String> sourceOf(PlanNode node) {
        if (node instanceof PlanNode.ReadSource read) {
            return Optional.of(read.source());
        }
        return node instanceof PlanNode.TapLedger tap ? Optional.of(tap.source()) : Optional.empty();
    }

    private static <T> DataStream<T> union(@Nullable DataStream<T> before, DataStream<T> next) {
        return before == null ? next : before.union(next);
    }
}

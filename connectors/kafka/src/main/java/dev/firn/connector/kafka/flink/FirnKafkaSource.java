package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.connector.kafka.broker.Cluster;
import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.connector.kafka.broker.Topic;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.schema.SchemaGate;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.source.StartPositions;
import dev.firn.spi.source.WaitingSplits;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka topics as events with positions. Travels in the job with references in its settings; they are resolved where
 * the enumerator and the readers run.
 *
 * <pre>
 *   enumerator (the connector's own)            reader, one a subtask
 *     WatchedTopics  which partitions, which id    KafkaSplitReader  polls, looks at positions
 *     StartOffsets   where they start       --->   FirnKafkaReader   emits in order, keeps positions
 * </pre>
 */
public final class FirnKafkaSource implements Source<SourceEvent, KafkaPartitionSplit, KafkaSourceEnumState> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final List<String> topics;
    private final Choices choices;
    private final ClientSettings settings;
    private final StartPositions ledger;

    /**
     * What the file decides.
     *
     * @param startup where partitions start that neither Flink's state nor the ledger knows
     * @param selected the topics that the file does not name
     * @param lostOffsets what follows where the brokers have deleted what was not yet read
     * @param gate tells which records may be read already
     */
    public record Choices(Startup startup, SelectedTopics selected, LostOffsets lostOffsets, SchemaGate.Opening gate)
            implements Serializable {

        /** Where the file names all topics. */
        public Choices(Startup startup, LostOffsets lostOffsets, SchemaGate.Opening gate) {
            this(startup, SelectedTopics.NONE, lostOffsets, gate);
        }
    }

    /** @param name the source's name in the file, a part of every split's id */
    public FirnKafkaSource(
            String name, List<String> topics, Choices choices, ClientSettings settings, StartPositions ledger) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.choices = choices;
        this.settings = settings;
        this.ledger = ledger;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return restoreEnumerator(context, new KafkaSourceEnumState(Set.of(), Set.of(), false));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) {
        ReferenceResolver references = SystemReferences.ofThisProcess();
        StartRules rules = new StartRules(name, ledger);
        NewTopics appeared = new NewTopics(name, choices.selected(), topics);
        if (!choices.selected().isNone()) {
            context.metricGroup().gauge(NewTopics.METRIC, appeared::count);
        }
        WatchedTopics watched = new WatchedTopics(topics, appeared, settings, references, rules);
        Properties admin = resolved(() -> settings.admin(references));
        admin.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), settings.clientId());
        return new FirnKafkaEnumerator(
                watched,
                new StartOffsets(
                        rules,
                        watched,
                        new StartOffsets.Unknown(
                                choices.startup(), choices.selected().read()),
                        FirnKafkaEnumerator.topicsOf(state)),
                admin,
                context,
                FirnKafkaEnumerator.restored(state, topics),
                failure -> settings.complaint(failure, references));
    }

    @Override
    public SourceReader<SourceEvent, KafkaPartitionSplit> createReader(SourceReaderContext context) {
        return new FirnKafkaReader(topics, () -> splitReader(context), context);
    }

    private SplitReader<SourceEvent, KafkaPartitionSplit> splitReader(SourceReaderContext context) {
        ReferenceResolver references = SystemReferences.ofThisProcess();
        Properties properties = resolved(() -> settings.consumer(references));
        properties.setProperty(
                ConsumerConfig.CLIENT_ID_CONFIG, settings.clientId() + "-" + context.getIndexOfSubtask());
        SchemaGate gate = resolved(() -> choices.gate().open(references));
        try {
            KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            StartRules starts = new StartRules(name, ledger);
            KnownTopics known =
                    new KnownTopics(asked -> topicIds(references, asked), new ConsumerTopicIds(consumer), starts);
            KafkaSplitReader reader = new KafkaSplitReader(
                    consumer,
                    new KafkaSplitReader.Rules(starts, known, choices.lostOffsets(), gate),
                    ReadMetrics.of(new KafkaSourceReaderMetrics(context.metricGroup()), consumer),
                    failure -> settings.complaint(failure, references));
            WaitingSplits.Metric.ALL.forEach(metric -> context.metricGroup()
                    .gauge(metric.name(), () -> metric.value().applyAsLong(reader.waiting(), Instant.now())));
            return reader;
        } catch (KafkaException e) {
            gate.close();
            ClusterFailure failure = ClusterFailure.of(e);
            throw ReadFailures.of(failure, settings.complaint(failure, references));
        }
    }

    private Map<String, String> topicIds(ReferenceResolver references, Set<String> asked) throws ClusterFailure {
        try (Cluster cluster = Cluster.connect(settings.admin(references))) {
            Map<String, String> ids = new HashMap<>();
            for (Topic topic : cluster.topics(asked).all().values()) {
                ids.put(topic.name(), topic.id());
            }
            return ids;
        }
    }

    private static <T> T resolved(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (UnresolvedReference unresolved) {
            // Starting again in the same process would look in the same places.
            throw new SuppressRestartsException(unresolved);
        }
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new KafkaSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return new KafkaSourceEnumStateSerializer();
    }
}

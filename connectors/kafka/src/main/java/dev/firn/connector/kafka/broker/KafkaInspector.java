package dev.firn.connector.kafka.broker;

import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.connector.kafka.TopicRules;
import dev.firn.connector.kafka.TopicSchemas;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.Subjects;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.FoundBefore;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.SampleRequest;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StreamDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The planner's look at the brokers: which topics there are, their schemas, and where their partitions start and end. */
public final class KafkaInspector implements SourceInspector {

    private final SourceDefinition source;
    private final KafkaOptions options;
    private final List<NamedStream> streams;
    private final ReferenceResolver references;
    private final ClientSettings settings;
    private final Properties admin;
    private @Nullable Cluster cluster;

    private KafkaInspector(SourceDefinition source, List<NamedStream> streams, ReferenceResolver references) {
        this.source = source;
        this.options = (KafkaOptions) source.component().options();
        this.streams = streams;
        this.references = references;
        this.settings = new ClientSettings("firn-plan-" + source.name(), options.properties());
        this.admin = settings.admin(references);
    }

    /**
     * Resolves the settings; nobody is asked yet.
     *
     * @throws dev.firn.definition.reference.UnresolvedReference if a setting holds one
     */
    public static KafkaInspector open(
            SourceDefinition source, List<NamedStream> streams, ReferenceResolver references) {
        return new KafkaInspector(source, streams, references);
    }

    @Override
    public List<StreamDescription> streams(Diagnostics diagnostics) {
        return streams(FoundBefore.NOTHING, diagnostics);
    }

    @Override
    public List<StreamDescription> streams(FoundBefore before, Diagnostics diagnostics) {
        BrokerReport report = new BrokerReport(source.component(), settings, references, diagnostics);
        report.unknownProperties();
        Optional<Topics> topics = topics(report);
        Subjects subjects =
                Subjects.of(options.format(), references, source.component().span("format", "registry"), before);
        return new TopicSchemas(source, subjects)
                .describe(
                        streams,
                        topic -> topics.map(answer -> !answer.found().containsKey(topic))
                                .orElseGet(() -> !TopicRules.isName(topic)),
                        diagnostics);
    }

    @Override
    public List<SplitRange> ranges() {
        try {
            List<SplitRange> extents = extents(connected().topics(names()).all());
            return options.startup() == Startup.LATEST
                    ? extents.stream()
                            .map(extent -> new SplitRange(extent.split(), extent.end(), extent.end()))
                            .toList()
                    : extents;
        } catch (ClusterFailure failure) {
            throw new OutsideException(settings.complaint(failure, references), failure);
        }
    }

    @Override
    public List<SplitRange> extents() {
        try {
            return extents(connected().topics(names()).visible());
        } catch (ClusterFailure failure) {
            throw new OutsideException(settings.complaint(failure, references), failure);
        }
    }

    @Override
    public Sample sample(SampleRequest request) {
        try {
            List<String> wanted = names().stream()
                    .filter(name -> request.stream().map(name::equals).orElse(true))
                    .toList();
            List<SplitRange> extents = extents(connected().topics(wanted).visible());
            return TopicSample.take(settings.consumer(references), extents, request);
        } catch (ClusterFailure failure) {
            throw new OutsideException(settings.complaint(failure, references), failure);
        }
    }

    private List<SplitRange> extents(Map<String, Topic> topics) throws ClusterFailure {
        Cluster asked = connected();
        List<TopicPartition> partitions = topics.values().stream()
                .flatMap(topic -> topic.topicPartitions().stream())
                .toList();
        Map<TopicPartition, Long> starts = asked.starts(partitions);
        Map<TopicPartition, Long> ends = asked.ends(partitions, settings.isolation(references));
        List<SplitRange> extents = new ArrayList<>();
        for (Topic topic : topics.values()) {
            for (TopicPartition partition : topic.topicPartitions()) {
                extents.add(
                        new SplitRange(split(topic, partition), offset(starts, partition), offset(ends, partition)));
            }
        }
        return extents;
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private Optional<Topics> topics(BrokerReport report) {
        try {
            Cluster asked = connected();
            Topics topics = asked.topics(names());
            report.absent(streams, topics, topics.missing().isEmpty() ? List.of() : asked.names());
            return Optional.of(topics);
        } catch (ClusterFailure failure) {
            report.failure(failure);
            return Optional.empty();
        }
    }

    private Split split(Topic topic, TopicPartition partition) {
        return new Split(source.name(), topic.name(), partition.partition(), topic.id());
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition), "our bug: an offset was not asked for");
    }

    private List<String> names() {
        return streams.stream()
                .map(NamedStream::name)
                .filter(TopicRules::isName)
                .toList();
    }

    private Cluster connected() throws ClusterFailure {
        if (cluster == null) {
            cluster = Cluster.connectImpatiently(admin);
        }
        return cluster;
    }
}

package dev.firn.connector.kafka.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Questions to a Kafka cluster; nothing is changed there. */
public final class Cluster implements AutoCloseable {

    /** How long a person who waits for a plan is kept waiting for a broker that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Admin admin;

    /** A view through a client that somebody else made and closes. */
    public Cluster(Admin admin) {
        this.admin = admin;
    }

    public static Cluster connect(Properties settings) throws ClusterFailure {
        // Kafka loads login modules and the like through the thread's loader, and pools have none that is right.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Cluster.class.getClassLoader());
        try {
            return new Cluster(Admin.create(settings));
        } catch (KafkaException e) {
            throw ClusterFailure.of(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The same, but a broker that does not answer is given up within ten seconds. */
    public static Cluster connectImpatiently(Properties settings) throws ClusterFailure {
        Properties impatient = new Properties();
        impatient.putAll(settings);
        impatient.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
        impatient.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis() / 2));
        return connect(impatient);
    }

    /** What the broker says about each of the topics. */
    public Topics topics(Collection<String> names) throws ClusterFailure {
        Map<String, Topic> found = new TreeMap<>();
        Set<String> missing = new TreeSet<>();
        Set<String> forbidden = new TreeSet<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                found.put(asked.getKey(), topic(asked.getValue().get()));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    missing.add(asked.getKey());
                } else if (e.getCause() instanceof TopicAuthorizationException) {
                    forbidden.add(asked.getKey());
                } else {
                    throw ClusterFailure.of(e);
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        return new Topics(found, missing, forbidden);
    }

    /** How many brokers there are. */
    int brokers() throws ClusterFailure {
        return answer(admin.describeCluster().nodes()).size();
    }

    /** What this client may do with a topic; empty where the brokers forbid nothing to anybody. */
    Optional<Set<AclOperation>> allowed(String topic) throws ClusterFailure {
        TopicDescription description = answer(admin.describeTopics(
                                List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .allTopicNames())
                .get(topic);
        return Optional.ofNullable(description).map(TopicDescription::authorizedOperations);
    }

    /** A topic's settings, those that it has from the broker among them. */
    Config settings(String topic) throws ClusterFailure {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Objects.requireNonNull(
                answer(admin.describeConfigs(List.of(resource)).all()).get(resource),
                "our bug: a topic was not asked for");
    }

    /** What a consumer group has committed for a partition, once no transaction is open that may change it. */
    Optional<OffsetAndMetadata> committed(String group, TopicPartition partition) throws ClusterFailure {
        return Optional.ofNullable(
                answer(admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                                .partitionsToOffsetAndMetadata())
                        .get(partition));
    }

    /** The names of all topics that this client may see. */
    public Set<String> names() throws ClusterFailure {
        return answer(admin.listTopics().names());
    }

    /** The first position that the broker still has. */
    public SortedMap<TopicPartition, Long> starts(Collection<TopicPartition> partitions) throws ClusterFailure {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The position behind the last record that a reader may see; for {@code read_committed} before any open transaction. */
    public SortedMap<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation)
            throws ClusterFailure {
        return offsets(partitions, OffsetSpec.latest(), isolation);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private SortedMap<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) throws ClusterFailure {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<TopicPartition, ListOffsetsResultInfo> answered = answer(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        SortedMap<TopicPartition, Long> offsets = new TreeMap<>(Partitions.IN_ORDER);
        answered.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    private static Topic topic(TopicDescription description) throws ClusterFailure {
        if (description.topicId().equals(Uuid.ZERO_UUID)) {
            throw new ClusterFailure(
                    ClusterFailure.Kind.REFUSED,
                    "the broker gives topic `" + description.name() + "` no id, which Kafka does from version 2.8 on");
        }
        return new Topic(
                description.name(),
                description.topicId().toString(),
                description.partitions().size());
    }

    private static <T> T answer(KafkaFuture<T> future) throws ClusterFailure {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw ClusterFailure.of(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ClusterFailure interrupted() {
        Thread.currentThread().interrupt();
        return new ClusterFailure(ClusterFailure.Kind.UNREACHABLE, "the question was interrupted");
    }
}

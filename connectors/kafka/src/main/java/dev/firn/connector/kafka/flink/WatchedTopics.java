package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.connector.kafka.broker.Cluster;
import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.connector.kafka.broker.Topic;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.record.Split;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics as the enumerator sees them, at the start and at each discovery of partitions: stops the job when one of
 * them is another topic of the same name. Lives in the enumerator, whose worker thread alone calls it.
 */
final class WatchedTopics implements KafkaSubscriber, StartOffsets.LiveTopics {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WatchedTopics.class);

    private final List<String> names;
    private final transient NewTopics appeared;
    private final transient ClientSettings settings;
    private final transient ReferenceResolver references;
    private final transient StartRules rules;
    private transient SortedMap<String, Topic> seen = new TreeMap<>();
    private transient @Nullable Cluster cluster;

    WatchedTopics(
            List<String> names,
            NewTopics appeared,
            ClientSettings settings,
            ReferenceResolver references,
            StartRules rules) {
        this.names = List.copyOf(names);
        this.appeared = appeared;
        this.settings = settings;
        this.references = references;
        this.rules = rules;
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        Cluster asked = new Cluster(admin);
        cluster = asked;
        try {
            Set<TopicPartition> partitions = accept(asked.topics(names).all());
            if (appeared.areLookedFor()) {
                appeared.look(asked.names());
            }
            return partitions;
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.UNREACHABLE && !seen.isEmpty()) {
                // The readers outlast a broker that is away; new partitions can wait as well.
                LOG.warn("no partitions could be discovered: {}", settings.complaint(failure, references));
                return partitions();
            }
            throw said(failure);
        }
    }

    /** Takes what the brokers say now, unless a topic became another one; answers all partitions. */
    Set<TopicPartition> accept(SortedMap<String, Topic> live) {
        for (Topic topic : live.values()) {
            Topic before = seen.get(topic.name());
            if (before != null && !before.id().equals(topic.id())) {
                throw rules.recreated(topic.name(), before.id(), topic.id());
            }
            for (TopicPartition partition : topic.topicPartitions()) {
                Split split = rules.split(partition, topic.id());
                rules.ledgerPosition(split);
            }
        }
        seen = live;
        return partitions();
    }

    @Override
    public String topicId(String topic) {
        Topic known = seen.get(topic);
        if (known == null) {
            throw new IllegalStateException("our bug: topic " + topic + " was assigned before it was looked at");
        }
        return known.id();
    }

    @Override
    public Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
        try {
            return partitions.isEmpty() ? Map.of() : asked().starts(partitions);
        } catch (ClusterFailure failure) {
            throw said(failure);
        }
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try {
            return partitions.isEmpty() ? Map.of() : asked().ends(partitions, settings.isolation(references));
        } catch (ClusterFailure failure) {
            throw said(failure);
        }
    }

    private Cluster asked() {
        if (cluster == null) {
            throw new IllegalStateException("our bug: offsets are resolved before the topics were looked at");
        }
        return cluster;
    }

    private RuntimeException said(ClusterFailure failure) {
        return ReadFailures.of(failure, settings.complaint(failure, references));
    }

    /** A set of its own each time: the enumerator takes out what it knows. */
    private Set<TopicPartition> partitions() {
        Set<TopicPartition> partitions = new HashSet<>();
        seen.values().forEach(topic -> partitions.addAll(topic.topicPartitions()));
        return partitions;
    }
}

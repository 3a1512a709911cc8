package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.broker.ClusterFailure;
import java.util.Collection;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.initializer.NoStoppingOffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The connector's enumerator with Firn's rules for where partitions start, and failures said in words. */
final class FirnKafkaEnumerator extends KafkaSourceEnumerator {

    private final Function<ClusterFailure, String> complaints;

    FirnKafkaEnumerator(
            WatchedTopics watched,
            StartOffsets starts,
            Properties properties,
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            KafkaSourceEnumState state,
            Function<ClusterFailure, String> complaints) {
        super(
                watched,
                starts,
                new NoStoppingOffsetsInitializer(),
                properties,
                context,
                Boundedness.CONTINUOUS_UNBOUNDED,
                state);
        this.complaints = complaints;
    }

    /**
     * A restored state as the file wants it now. What the file no longer names is forgotten, so that it is assigned
     * again if it comes back; and the first discovery counts as initial, so that a topic that is new in the file starts
     * where {@code startup} says and not at the connector's {@code earliest}.
     */
    static KafkaSourceEnumState restored(KafkaSourceEnumState state, Collection<String> topics) {
        return new KafkaSourceEnumState(named(state.assignedPartitions(), topics), Set.of(), false);
    }

    static Set<String> topicsOf(KafkaSourceEnumState state) {
        return state.assignedPartitions().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    @Override
    public void start() {
        try {
            super.start();
        } catch (KafkaException e) {
            ClusterFailure failure = ClusterFailure.of(e);
            throw ReadFailures.of(failure, complaints.apply(failure));
        }
    }

    private static Set<TopicPartition> named(Set<TopicPartition> partitions, Collection<String> topics) {
        return partitions.stream()
                .filter(partition -> topics.contains(partition.topic()))
                .collect(Collectors.toSet());
    }
}

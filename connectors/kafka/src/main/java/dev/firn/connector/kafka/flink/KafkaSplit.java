package dev.firn.connector.kafka.flink;

import java.util.Optional;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that was read up to a position, with the id of the topic that the position counts in. */
final class KafkaSplit extends KafkaPartitionSplit {

    /** What stands in the place of an id as long as no reader has opened the split. */
    static final String NOT_YET_KNOWN = "";

    private final String topicId;
    private final @Nullable Anchor anchor;

    /**
     * The last record that was read. A partition that still has it, of the same leader's epoch, has everything that was read before;
     * one whose end was cut off may have other records at the same offsets by now.
     *
     * @param behind the offset behind the record; the split's position, or before it where markers follow
     * @param leaderEpoch of the leader that the record was written under
     */
    record Anchor(long behind, int leaderEpoch) {}

    /** A split of which no record is known. */
    KafkaSplit(TopicPartition partition, long position, String topicId) {
        this(partition, position, topicId, null);
    }

    KafkaSplit(TopicPartition partition, long position, String topicId, @Nullable Anchor anchor) {
        super(partition, position);
        this.topicId = topicId;
        this.anchor = anchor;
    }

    /** The id that a split carries, or {@link #NOT_YET_KNOWN}: the connector's own splits have none. */
    static String topicIdOf(KafkaPartitionSplit split) {
        return split instanceof KafkaSplit ours ? ours.topicId : NOT_YET_KNOWN;
    }

    static Optional<Anchor> anchorOf(KafkaPartitionSplit split) {
        return split instanceof KafkaSplit ours ? Optional.ofNullable(ours.anchor) : Optional.empty();
    }
}

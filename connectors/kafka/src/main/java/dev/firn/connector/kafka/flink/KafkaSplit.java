package dev.firn.connector.kafka.flink;

import dev.firn.spi.record.LastRecord;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that was read up to a position, with the id of the topic that the position counts in. */
final class KafkaSplit extends KafkaPartitionSplit {

    /** What stands in the place of an id as long as no reader has opened the split. */
    static final String NOT_YET_KNOWN = "";

    private final String topicId;
    private final @Nullable LastRecord last;

    /** A split of which no record is known. */
    KafkaSplit(TopicPartition partition, long position, String topicId) {
        this(partition, position, topicId, null);
    }

    KafkaSplit(TopicPartition partition, long position, String topicId, @Nullable LastRecord last) {
        super(partition, position);
        this.topicId = topicId;
        this.last = last;
    }

    /** The id that a split carries, or {@link #NOT_YET_KNOWN}: the connector's own splits have none. */
    static String topicIdOf(KafkaPartitionSplit split) {
        return split instanceof KafkaSplit ours ? ours.topicId : NOT_YET_KNOWN;
    }

    static Optional<LastRecord> lastOf(KafkaPartitionSplit split) {
        return split instanceof KafkaSplit ours ? Optional.ofNullable(ours.last) : Optional.empty();
    }
}

package dev.firn.connector.kafka.flink;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/** A partition that was read up to a position, with the id of the topic that the position counts in. */
final class KafkaSplit extends KafkaPartitionSplit {

    /** What stands in the place of an id as long as no reader has opened the split. */
    static final String NOT_YET_KNOWN = "";

    private final String topicId;

    KafkaSplit(TopicPartition partition, long position, String topicId) {
        super(partition, position);
        this.topicId = topicId;
    }

    /** The id that a split carries, or {@link #NOT_YET_KNOWN}: the connector's own splits have none. */
    static String topicIdOf(KafkaPartitionSplit split) {
        return split instanceof KafkaSplit ours ? ours.topicId : NOT_YET_KNOWN;
    }
}

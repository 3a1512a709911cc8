package dev.firn.connector.kafka.flink;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/** How far a split was emitted: the next position to read, and the topic id that it counts in. Task thread only. */
final class ReadPosition {

    private final TopicPartition partition;
    private String topicId;
    private long next;

    ReadPosition(KafkaPartitionSplit split) {
        this.partition = split.getTopicPartition();
        this.topicId = KafkaSplit.topicIdOf(split);
        this.next = split.getStartingOffset();
    }

    void passed(SourceEvent event) {
        if (event instanceof RawRecord record) {
            next = record.position() + 1;
        } else if (event instanceof SourceEvent.PositionReached reached) {
            next = reached.position();
        } else if (event instanceof SourceEvent.PositionsLost lost) {
            next = lost.to();
        } else if (event instanceof SourceEvent.SplitOpened opened) {
            topicId = opened.split().incarnation();
            next = opened.position();
        }
    }

    long next() {
        return next;
    }

    KafkaPartitionSplit toSplit() {
        return new KafkaSplit(partition, next, topicId);
    }
}

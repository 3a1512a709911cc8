package dev.firn.connector.kafka.flink;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import java.util.OptionalInt;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a split was emitted: the next position to read, and what it counts in. Task thread only. */
final class ReadPosition {

    /** Where no record was read since the split was opened. */
    private static final long NONE = -1;

    private final TopicPartition partition;
    private final LeaderEpochs epochs;
    private String topicId;
    private long next;
    private long last = NONE;
    private KafkaSplit.@Nullable Anchor anchor;

    ReadPosition(KafkaPartitionSplit split, LeaderEpochs epochs) {
        this.partition = split.getTopicPartition();
        this.epochs = epochs;
        this.topicId = KafkaSplit.topicIdOf(split);
        this.next = split.getStartingOffset();
        this.anchor = KafkaSplit.anchorOf(split).orElse(null);
    }

    void passed(SourceEvent event) {
        if (event instanceof RawRecord record) {
            last = record.position();
            next = last + 1;
        } else if (event instanceof SourceEvent.PositionReached reached) {
            next = reached.position();
        } else if (event instanceof SourceEvent.PositionsLost lost) {
            next = lost.to();
            // The record is deleted, and nothing can be found out about it any more.
            last = NONE;
            anchor = null;
        } else if (event instanceof SourceEvent.SplitOpened opened) {
            topicId = opened.split().incarnation();
            if (opened.position() != next) {
                anchor = null;
            }
            next = opened.position();
        }
    }

    long next() {
        return next;
    }

    KafkaPartitionSplit toSplit() {
        if (last != NONE) {
            OptionalInt epoch = epochs.of(partition, last);
            anchor = epoch.isPresent() ? new KafkaSplit.Anchor(last + 1, epoch.getAsInt()) : null;
            last = NONE;
        }
        return new KafkaSplit(partition, next, topicId, anchor);
    }
}

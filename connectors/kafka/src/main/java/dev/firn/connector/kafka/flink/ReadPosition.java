package dev.firn.connector.kafka.flink;

import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a split was emitted: the next position to read, what it counts in, and the last record. Task thread only. */
final class ReadPosition {

    /** Where no record was read since the split was opened. */
    private static final long NONE = -1;

    private final TopicPartition partition;
    private String topicId;
    private long next;
    private int term = SourceEvent.UNKNOWN_TERM;
    private long behindLast = NONE;
    private int termOfLast = SourceEvent.UNKNOWN_TERM;
    private @Nullable LastRecord lastOfBefore;

    ReadPosition(KafkaPartitionSplit split) {
        this.partition = split.getTopicPartition();
        this.topicId = KafkaSplit.topicIdOf(split);
        this.next = split.getStartingOffset();
        this.lastOfBefore = KafkaSplit.lastOf(split).orElse(null);
    }

    void passed(SourceEvent event) {
        if (event instanceof RawRecord record) {
            next = record.position() + 1;
            behindLast = next;
            termOfLast = term;
        } else if (event instanceof SourceEvent.PositionReached reached) {
            next = reached.position();
        } else if (event instanceof SourceEvent.TermBegan began) {
            term = began.term();
        } else if (event instanceof SourceEvent.PositionsLost lost) {
            next = lost.to();
            // The last record is deleted, and nothing can be found out about it any more.
            behindLast = NONE;
            lastOfBefore = null;
        } else if (event instanceof SourceEvent.SplitOpened opened) {
            topicId = opened.split().incarnation();
            if (opened.position() != next) {
                lastOfBefore = null;
            }
            next = opened.position();
        }
    }

    long next() {
        return next;
    }

    KafkaPartitionSplit toSplit() {
        return new KafkaSplit(partition, next, topicId, last());
    }

    private @Nullable LastRecord last() {
        if (behindLast == NONE) {
            return lastOfBefore;
        }
        return termOfLast == SourceEvent.UNKNOWN_TERM ? null : new LastRecord(behindLast, termOfLast);
    }
}

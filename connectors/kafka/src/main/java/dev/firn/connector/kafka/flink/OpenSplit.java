package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.broker.KafkaRecords;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A partition that the consumer reads: turns what was polled into events and keeps the place. Fetcher thread only. */
final class OpenSplit {

    private final TopicPartition partition;
    private final Split split;
    private final String id;
    private long told;
    private int term = SourceEvent.UNKNOWN_TERM;

    OpenSplit(TopicPartition partition, Split split, String id, long position) {
        this.partition = partition;
        this.split = split;
        this.id = id;
        this.told = position;
    }

    TopicPartition partition() {
        return partition;
    }

    Split split() {
        return split;
    }

    /** Flink's id of the split. */
    String id() {
        return id;
    }

    /** The position that those behind have been told of. */
    long told() {
        return told;
    }

    SourceEvent opened() {
        return new SourceEvent.SplitOpened(split, told);
    }

    /**
     * The events of one poll.
     *
     * @param position the consumer's; further than the records where it passed what never becomes one
     */
    List<SourceEvent> events(List<ConsumerRecord<byte[], byte[]>> records, long position) {
        List<SourceEvent> events = new ArrayList<>(records.size() + 2);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < told) {
                throw ReadFailures.readBefore(partition, record.offset(), told);
            }
            reach(record.offset(), events);
            tellTerm(record, events);
            events.add(KafkaRecords.raw(split, record));
            told = record.offset() + 1;
        }
        reach(position, events);
        return events;
    }

    private void tellTerm(ConsumerRecord<byte[], byte[]> record, List<SourceEvent> events) {
        int next = record.leaderEpoch().orElse(SourceEvent.UNKNOWN_TERM);
        if (next != term) {
            events.add(new SourceEvent.TermBegan(split, next));
            term = next;
        }
    }

    private void reach(long position, List<SourceEvent> events) {
        if (position > told) {
            events.add(new SourceEvent.PositionReached(split, position));
            told = position;
        }
    }

    /** The gap in [{@code from}, {@code to}), behind whatever was passed in front of it. */
    List<SourceEvent> lost(long from, long to) {
        List<SourceEvent> events = new ArrayList<>();
        if (from > told) {
            events.add(new SourceEvent.PositionReached(split, from));
        }
        events.add(new SourceEvent.PositionsLost(split, Math.max(from, told), to));
        told = to;
        return events;
    }

    @Override
    public String toString() {
        return split.toString();
    }
}

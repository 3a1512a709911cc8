package dev.firn.connector.kafka.flink;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Under which leader the records of each partition were written, from the fetcher's thread to the task's. A leader keeps its
 * epoch for long, so what is kept is where each begins, and of that what may still be asked for.
 */
final class LeaderEpochs {

    /** Of a record of before brokers wrote it down. */
    static final int UNKNOWN = -1;

    private final Map<TopicPartition, NavigableMap<Long, Integer>> begins = new ConcurrentHashMap<>();

    /** Records from {@code offset} on are of that epoch. */
    void begin(TopicPartition partition, long offset, int epoch) {
        begins.computeIfAbsent(partition, first -> new ConcurrentSkipListMap<>())
                .put(offset, epoch);
    }

    /** The epoch of the record at an offset, which nobody will ask again for one before. */
    OptionalInt of(TopicPartition partition, long offset) {
        NavigableMap<Long, Integer> known = begins.getOrDefault(partition, new ConcurrentSkipListMap<>());
        Long begin = known.floorKey(offset);
        if (begin == null) {
            return OptionalInt.empty();
        }
        known.headMap(begin, false).clear();
        int epoch = Objects.requireNonNull(known.get(begin));
        return epoch == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(epoch);
    }
}

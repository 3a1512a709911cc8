package dev.firn.connector.cdc.postgres.flink;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the log begin when a barrier is behind all rows. Writers keep the order of each split alone, and rows and changes of a table are two; at a barrier
 * they write all that they have, so what is deleted behind it was there before.
 */
final class Handover implements DatabaseFetcher.Part {

    private static final Duration A_MOMENT = Duration.ofMillis(20);

    private volatile Set<String> expected = Set.of();
    private volatile boolean isBehindRows;

    /** The rows of these are to be behind a barrier; a state of before they were named says nothing. */
    void expect(Set<String> tables) {
        expected = Set.copyOf(tables);
    }

    /** A barrier leaves the source with that. */
    void barrier(DatabaseSplit split) {
        Set<String> tables = expected;
        if (!tables.isEmpty()
                && split.tables().keySet().containsAll(tables)
                && split.tables().values().stream().allMatch(TablePlace::isComplete)) {
            isBehindRows = true;
        }
    }

    @Override
    public List<Step> next() {
        if (!isBehindRows) {
            LockSupport.parkNanos(A_MOMENT.toNanos());
        }
        return List.of();
    }

    @Override
    public boolean isOver() {
        return isBehindRows;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

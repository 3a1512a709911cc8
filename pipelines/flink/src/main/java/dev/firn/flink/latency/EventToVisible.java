package dev.firn.flink.latency;

import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long rows take to become visible in each table; thread-safe. It lives in memory alone: rows that were staged before the job has
 * started, or started again, are not told of.
 *
 * <pre>
 *   ages at the barrier -> epoch that waits -> [committed] + (now - reference) -> the last minute
 * </pre>
 */
public final class EventToVisible {

    /** What is told of; longer than reporters of metrics mostly wait, so that none misses a commit. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<TableName, TableLatency> tables = new HashMap<>();
    private final LongSupplier millis;
    private final LongSupplier nanos;

    /**
     * @param millis the wall clock, since 1970
     * @param nanos a clock that only counts up
     */
    public EventToVisible(LongSupplier millis, LongSupplier nanos) {
        this.millis = millis;
        this.nanos = nanos;
    }

    /** An epoch has these rows; epochs come in order. */
    public synchronized void staged(long epoch, List<RecordAges> ages) {
        ages.forEach(told -> tables.computeIfAbsent(told.table(), table -> new TableLatency())
                .staged(epoch, told));
    }

    /** All of the table's epochs up to this one have just been committed. */
    public synchronized void landed(TableName table, long through) {
        TableLatency latency = tables.get(table);
        if (latency != null) {
            latency.landed(through, millis.getAsLong(), nanos.getAsLong());
        }
    }

    /** Of the rows that became visible in the last minute, or those before it, where in this minute none did. */
    public synchronized VisibleAfter of(TableName table) {
        TableLatency latency = tables.get(table);
        return latency == null ? VisibleAfter.UNKNOWN : latency.told(nanos.getAsLong());
    }
}

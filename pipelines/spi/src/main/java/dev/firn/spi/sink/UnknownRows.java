package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables of which the writers in this process wait to know which rows they have, and why they do not know it yet, for whoever runs a job
 * here and wants to say so. Nothing is written to such a table before: it could have the row already.
 */
public final class UnknownRows {

    /** For what somebody else ends. */
    public static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(36_500);

    private static final Logger LOG = LoggerFactory.getLogger(UnknownRows.class);

    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    /** By who waits. */
    private static final Map<Object, Waiting> WAITING = new ConcurrentHashMap<>();

    private record Waiting(TableName table, String reason) {}

    private UnknownRows() {}

    /** Thrown by an attempt where another one would find the same. */
    public static final class Hopeless extends OutsideException {
        private static final long serialVersionUID = 1L;

        public Hopeless(String message) {
            super(message);
        }
    }

    /**
     * How long it is tried.
     *
     * @param most after that long the last failure is thrown
     * @param pause between two attempts
     */
    public record Patience(Duration most, Duration pause) {

        public static final Duration PAUSE = Duration.ofSeconds(1);
    }

    /** The reason for each table that is waited for. */
    public static SortedMap<TableName, String> now() {
        SortedMap<TableName, String> now = new TreeMap<>();
        WAITING.values().forEach(waiting -> now.put(waiting.table(), waiting.reason()));
        return now;
    }

    /**
     * Tries until it succeeds.
     *
     * @param attempt fails with an {@link OutsideException} or a {@link CommitRefused} where it is worth to try again: somebody may mend it
     * @throws OutsideException if the thread is interrupted
     */
    public static <T> T await(TableName table, Patience patience, Supplier<T> attempt) {
        Object me = new Object();
        long start = System.nanoTime();
        long said = start - SAY_AGAIN.toNanos();
        try {
            for (; ; ) {
                try {
                    return attempt.get();
                } catch (Hopeless hopeless) {
                    throw hopeless;
                } catch (OutsideException | CommitRefused reason) {
                    long now = System.nanoTime();
                    if (now - start >= patience.most().toNanos()) {
                        throw reason;
                    }
                    WAITING.put(me, new Waiting(table, String.valueOf(reason.getMessage())));
                    if (now - said >= SAY_AGAIN.toNanos()) {
                        said = now;
                        LOG.warn("Table {}: it is not known yet which rows it has: {}", table, reason.getMessage());
                    }
                    pause(table, patience);
                }
            }
        } finally {
            WAITING.remove(me);
        }
    }

    private static void pause(TableName table, Patience patience) {
        try {
            TimeUnit.NANOSECONDS.sleep(patience.pause().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("was told to stop before it was known which rows table `" + table + "` has", e);
        }
    }
}

package dev.firn.flink.commit;

import dev.firn.spi.sink.Lake;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What lanes run on. The ledger has a thread of its own: tables that hang can hold all of the others, and still no epoch
 * waits for them. So has whoever looks after the tables.
 *
 * @param nanos a clock that only counts up
 * @param millis the wall clock, since 1970
 */
record LaneThreads(
        ScheduledExecutorService ledger,
        ScheduledExecutorService tables,
        ScheduledExecutorService watch,
        LongSupplier nanos,
        LongSupplier millis)
        implements AutoCloseable {

    /** The number of tables that commit side by side; those that hang do not count. */
    static final int TABLES = Lake.COMMITS_AT_A_TIME;

    /** How long a commit under way may take to notice that it is interrupted, before its catalog is closed. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    /** Starts threads where the committer runs. */
    interface Start extends Serializable {
        LaneThreads start(ClassLoader loader);
    }

    static LaneThreads start(ClassLoader loader) {
        return new LaneThreads(
                pool("firn-ledger-", 1, loader),
                pool("firn-lane-", TABLES, loader),
                pool("firn-watch-", 1, loader),
                System::nanoTime,
                System::currentTimeMillis);
    }

    private static ScheduledExecutorService pool(String name, int threads, ClassLoader loader) {
        AtomicInteger count = new AtomicInteger();
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, work -> {
            Thread thread = new Thread(work, name + count.incrementAndGet());
            thread.setDaemon(true);
            // Catalogs load classes by the context loader, and a pool has none of its own that is right.
            thread.setContextClassLoader(loader);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    /**
     * Gives the others a thread for each commit that hangs. A call into a file system or a driver can't be ended from outside,
     * and a lane has one commit under way at most, so this is a thread a table in the worst case.
     */
    void makeUpFor(int hanging) {
        if (tables instanceof ScheduledThreadPoolExecutor pool && pool.getCorePoolSize() != TABLES + hanging) {
            pool.setCorePoolSize(TABLES + hanging);
        }
    }

    /** Interrupts what is under way and waits a little for it. */
    @Override
    public void close() throws InterruptedException {
        watch.shutdownNow();
        ledger.shutdownNow();
        tables.shutdownNow();
        long end = System.nanoTime() + LAST_STEPS.toNanos();
        ledger.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        tables.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        watch.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}

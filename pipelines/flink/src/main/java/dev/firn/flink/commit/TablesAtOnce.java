package dev.firn.flink.commit;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Commits to many tables outside of a job. A table that fails, or does not come back, does not keep the others from theirs.
 *
 * @param patience how long all of it is waited for
 */
record TablesAtOnce(Duration patience) {

    /** Answers which tables have failed, and why. */
    SortedMap<TableName, RuntimeException> run(Map<TableName, Runnable> commits) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "firn-roll-forward");
            thread.setDaemon(true);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            return thread;
        });
        try {
            return failures(started(commits, threads));
        } finally {
            threads.shutdownNow();
        }
    }

    /** So many at a time, until patience with those that hang is over. */
    private Map<TableName, Future<?>> started(Map<TableName, Runnable> commits, ExecutorService threads)
            throws InterruptedException {
        Semaphore places = new Semaphore(Lake.COMMITS_AT_A_TIME);
        long end = System.nanoTime() + patience.toNanos();
        Map<TableName, Future<?>> started = new TreeMap<>();
        for (Map.Entry<TableName, Runnable> commit : commits.entrySet()) {
            boolean placed = places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            started.put(commit.getKey(), threads.submit(() -> {
                try {
                    commit.getValue().run();
                } finally {
                    places.release(placed ? 1 : 0);
                }
            }));
        }
        return started;
    }

    private SortedMap<TableName, RuntimeException> failures(Map<TableName, Future<?>> started)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        SortedMap<TableName, RuntimeException> failures = new TreeMap<>();
        for (Map.Entry<TableName, Future<?>> table : started.entrySet()) {
            failure(table.getKey(), table.getValue(), end - System.nanoTime())
                    .ifPresent(reason -> failures.put(table.getKey(), reason));
        }
        return failures;
    }

    private Optional<RuntimeException> failure(TableName table, Future<?> commit, long nanos)
            throws InterruptedException {
        try {
            commit.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException failed) {
            return Optional.of(
                    failed.getCause() instanceof RuntimeException reason
                            ? reason
                            : new IllegalStateException("our bug: a commit to `" + table + "` failed", failed));
        } catch (TimeoutException hanging) {
            return Optional.of(new OutsideException(
                    "a commit to `" + table + "` has not come back for " + HeldTooLong.words(patience)));
        }
    }
}

package dev.firn.connector.iceberg;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads of one writer that complete files: on a remote store each takes a while, and the barrier must not wait for
 * all of them one after the other.
 */
final class FileThreads implements AutoCloseable {

    static final int THREADS = 4;

    /** How long what is under way may take to notice that it is interrupted, before its files are deleted. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(10);

    private final ExecutorService pool;

    FileThreads(int subtask) {
        AtomicInteger count = new AtomicInteger();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.pool = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "firn-files-" + subtask + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            // Storage loads classes by the context loader.
            thread.setContextClassLoader(loader);
            return thread;
        });
    }

    <T> Future<T> submit(Callable<T> work) {
        return pool.submit(work);
    }

    /** Waits for an answer; a failure is thrown as it was. */
    static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a table's files or columns", e);
        }
    }

    /** Interrupts what is under way and waits for it, so that nobody writes any more. */
    @Override
    public void close() {
        pool.shutdownNow();
        boolean interrupted = false;
        long end = System.nanoTime() + LAST_STEPS.toNanos();
        while (!pool.isTerminated() && System.nanoTime() < end) {
            try {
                pool.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.firn.flink.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A pool whose one thread is the test's, and whose time passes when the test says so. */
public final class ManualExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    /** Some time in 2026. */
    public static final long START = 1_780_000_000_000L;

    private final List<Task> tasks = new ArrayList<>();
    private long now;
    private long count;
    private boolean shutdown;

    private final class Task extends FutureTask<Boolean> implements ScheduledFuture<Boolean> {
        private final long due;
        private final long number = count++;

        Task(Runnable work, long due) {
            super(work, Boolean.TRUE);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task that = (Task) other;
            return due == that.due ? Long.compare(number, that.number) : Long.compare(due, that.due);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    public long nanos() {
        return now;
    }

    /** A wall clock that shows {@link #START} when {@link #nanos} is 0. */
    public long millis() {
        return START + TimeUnit.NANOSECONDS.toMillis(now);
    }

    /** Does all that is due, and what becomes due by it. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** Does the one piece of work that is due first. */
    public void runOne() {
        Task task = tasks.stream().min(Comparator.naturalOrder()).orElseThrow();
        now = Math.max(now, task.due);
        tasks.remove(task);
        task.run();
    }

    public void advance(Duration time) {
        long end = now + time.toNanos();
        while (tasks.stream().anyMatch(task -> task.due <= end)) {
            runOne();
        }
        now = Math.max(now, end);
    }

    /** Time passes and nothing is done, as in the middle of a piece of work. */
    public void passes(Duration time) {
        now += time.toNanos();
    }

    public boolean isIdle() {
        return tasks.isEmpty();
    }

    /** How long until the next piece of work is due. */
    public Duration pause() {
        return Duration.ofNanos(tasks.stream().min(Comparator.naturalOrder()).orElseThrow().due - now);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        if (shutdown) {
            throw new RejectedExecutionException();
        }
        Task task = new Task(work, now + unit.toNanos(delay));
        tasks.add(task);
        return task;
    }

    @Override
    public void execute(Runnable work) {
        schedule(work, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        tasks.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}

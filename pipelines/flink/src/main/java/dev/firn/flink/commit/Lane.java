package dev.firn.flink.commit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of work that is done in order on a shared pool, one piece at a time, and tried again until it succeeds. What
 * waits together is handed over together.
 */
final class Lane<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Does the work or throws; what it throws decides whether it is tried again. */
    interface Work<T> {
        void run(List<T> items);
    }

    /** What the lane tells of failures. */
    interface Failures {
        /** Whether it makes sense to try again; if not, the owner has been told and the lane stands still. */
        boolean retry(String lane, RuntimeException failure, Duration failingFor);
    }

    private final String name;
    private final ScheduledExecutorService pool;
    private final Work<T> work;
    private final Failures failures;

    private final Deque<T> waiting = new ArrayDeque<>();
    private List<T> inHand = List.of();
    private boolean scheduled;
    private boolean stopped;
    private int failedAttempts;
    private long failingSince;

    Lane(String name, ScheduledExecutorService pool, Work<T> work, Failures failures) {
        this.name = name;
        this.pool = pool;
        this.work = work;
        this.failures = failures;
    }

    synchronized void add(T item) {
        waiting.add(item);
        schedule(Duration.ZERO);
    }

    /** Nothing waits and nothing is being done. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && inHand.isEmpty();
    }

    /** The last attempt failed, so the work may take long. */
    synchronized boolean isFailing() {
        return failedAttempts > 0 || stopped;
    }

    private void schedule(Duration pause) {
        if (!scheduled && !stopped) {
            scheduled = true;
            pool.schedule(this::runOnce, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void runOnce() {
        List<T> items;
        synchronized (this) {
            // What failed goes first again, with what has come since: a table catches up in one commit.
            List<T> taken = new ArrayList<>(inHand);
            taken.addAll(waiting);
            waiting.clear();
            inHand = taken;
            items = List.copyOf(taken);
        }
        RuntimeException failure = null;
        try {
            if (!items.isEmpty()) {
                work.run(items);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
        if (failure == null) {
            succeeded();
        } else {
            failed(failure);
        }
    }

    private synchronized void succeeded() {
        if (failedAttempts > 0) {
            LOG.info("{}: goes on after {} failed attempts", name, failedAttempts);
        }
        inHand = List.of();
        failedAttempts = 0;
        scheduled = false;
        if (!waiting.isEmpty()) {
            schedule(Duration.ZERO);
        }
    }

    private void failed(RuntimeException failure) {
        Duration pause;
        Duration failingFor;
        synchronized (this) {
            if (failedAttempts == 0) {
                failingSince = System.nanoTime();
            }
            failedAttempts++;
            failingFor = Duration.ofNanos(System.nanoTime() - failingSince);
            pause = pause(failedAttempts);
        }
        LOG.warn("{}: attempt {} failed: {}", name, failedAttempts, failure.toString());
        boolean again = failures.retry(name, failure, failingFor);
        synchronized (this) {
            scheduled = false;
            stopped = !again;
            schedule(pause);
        }
    }

    private static Duration pause(int attempt) {
        long longest = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 10));
        // Jitter: lanes that failed together must not come back together.
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}

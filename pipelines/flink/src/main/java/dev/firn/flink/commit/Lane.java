package dev.firn.flink.commit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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

    /** Whom the lane tells how it goes; called on the pool's threads. */
    interface Owner {
        /** Whether it makes sense to try again; if not, the lane stands still. */
        boolean retry(String lane, Throwable failure, Duration failingFor);

        /** A piece of work was done, or has failed. */
        void moved();
    }

    /**
     * How it goes.
     *
     * @param failingSince when the first of the failed attempts failed; means nothing without one
     * @param workingSince when the attempt under way began; means nothing without one
     * @param lastFailure of the failed attempts, in words; empty without one
     */
    record Standing(int failedAttempts, long failingSince, boolean working, long workingSince, String lastFailure) {

        Duration failingFor(long now) {
            return failedAttempts == 0 ? Duration.ZERO : Duration.ofNanos(now - failingSince);
        }

        Duration workingFor(long now) {
            return working ? Duration.ofNanos(now - workingSince) : Duration.ZERO;
        }
    }

    private final String name;
    private final ScheduledExecutorService pool;
    private final LongSupplier nanos;
    private final Work<T> work;
    private final Owner owner;

    private final Deque<T> waiting = new ArrayDeque<>();
    private List<T> inHand = List.of();
    private Duration longestPause = LONGEST_PAUSE;
    private boolean scheduled;
    private boolean stopped;
    private int failedAttempts;
    private long failingSince;
    private boolean working;
    private long workingSince;
    private String lastFailure = "";

    Lane(String name, ScheduledExecutorService pool, LongSupplier nanos, Work<T> work, Owner owner) {
        this.name = name;
        this.pool = pool;
        this.nanos = nanos;
        this.work = work;
        this.owner = owner;
    }

    String name() {
        return name;
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
        return failedAttempts > 0;
    }

    synchronized Standing standing() {
        return new Standing(failedAttempts, failingSince, working, workingSince, lastFailure);
    }

    /** What fails is tried again this often at least. */
    synchronized void pauseAtMost(Duration pause) {
        longestPause = pause;
    }

    synchronized void pauseAsUsual() {
        longestPause = LONGEST_PAUSE;
    }

    /** No attempt will follow. */
    synchronized void standStill() {
        stopped = true;
    }

    private void schedule(Duration pause) {
        if (scheduled || stopped) {
            return;
        }
        try {
            pool.schedule(this::runOnce, pause.toMillis(), TimeUnit.MILLISECONDS);
            scheduled = true;
        } catch (RejectedExecutionException closing) {
            // Whoever starts next finds the work in the ledger or in the state.
            LOG.debug("{}: is closing", name);
        }
    }

    private void runOnce() {
        List<T> items = take();
        try {
            work.run(items);
        } catch (Throwable failure) {
            // An Error too: a lane that dies unheard would hold its table for ever while all looks well.
            failed(failure);
            return;
        }
        succeeded();
    }

    /** What failed goes first again, with what has come since: a table catches up in one commit. */
    private synchronized List<T> take() {
        List<T> taken = new ArrayList<>(inHand);
        taken.addAll(waiting);
        waiting.clear();
        inHand = List.copyOf(taken);
        working = true;
        workingSince = nanos.getAsLong();
        return inHand;
    }

    private void succeeded() {
        synchronized (this) {
            if (failedAttempts > 0) {
                LOG.info("{}: goes on after {} failed attempts", name, failedAttempts);
            }
            inHand = List.of();
            working = false;
            failedAttempts = 0;
            lastFailure = "";
            scheduled = false;
            if (!waiting.isEmpty()) {
                schedule(Duration.ZERO);
            }
        }
        owner.moved();
    }

    private void failed(Throwable failure) {
        int attempts;
        Duration failingFor;
        synchronized (this) {
            long now = nanos.getAsLong();
            if (failedAttempts == 0) {
                failingSince = now;
            }
            attempts = ++failedAttempts;
            working = false;
            lastFailure = String.valueOf(failure.getMessage());
            failingFor = Duration.ofNanos(now - failingSince);
        }
        LOG.warn("{}: attempt {} failed", name, attempts, failure);
        boolean again = owner.retry(name, failure, failingFor);
        synchronized (this) {
            scheduled = false;
            stopped |= !again;
            schedule(pause(attempts));
        }
        owner.moved();
    }

    private Duration pause(int attempt) {
        long longest = Math.min(longestPause.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 10));
        // Jitter: lanes that failed together must not come back together.
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}

package dev.firn.flink.commit;

import dev.firn.flink.latency.EventToVisible;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One table's commits: what waits for it, when it is let go, and how it fares. Everything that waits goes in one commit, so
 * a table that was held catches up at once.
 */
final class TableLane {

    /** A commit that takes longer holds its table like one that fails, and its thread no longer counts. */
    static final Duration SLOW = Duration.ofMinutes(1);

    /** A table that is detached is looked at this often: somebody may have mended it. */
    static final Duration DETACHED_PAUSE = Duration.ofMinutes(5);

    /** What the lane is made of. */
    record Parts(
            Lake lake,
            Ledger ledger,
            CommitRules rules,
            PointerMemory memory,
            LaneThreads threads,
            EventToVisible latency) {}

    /** Whom it tells; called on the pool's threads. */
    interface Owner extends Lane.Owner {
        void landed(TableName table, StagedQueue.Batch batch);

        /** Nothing waits in the lane up to an epoch of which records wait in quarantine for a decision, and the table knows of these. */
        void heard(TableName table, long epoch);
    }

    /** There is something to commit; what, the queue knows. */
    private enum Wake {
        UP
    }

    private final TableName table;
    private final Parts parts;
    private final Owner owner;
    private final StagedQueue queue;
    private final Lane<Wake> lane;
    private final AtomicBoolean woken = new AtomicBoolean();

    private boolean everLetGo;
    private long letGoAt;
    private volatile long landedEpoch;
    private volatile Optional<DetachedTable> detached = Optional.empty();

    /** The last epoch of which records wait in quarantine for a decision about the table; 0 before the first. */
    private volatile long recordsWaitIn;

    /** The last of them that the table has heard of; touched by the lane alone. */
    private long heardOf;

    TableLane(TableName table, Parts parts, Owner owner) {
        this.table = table;
        this.parts = parts;
        this.owner = owner;
        this.queue = new StagedQueue(table, parts.ledger(), parts.memory());
        this.lane = new Lane<>(
                table.full(), parts.threads().tables(), parts.threads().nanos(), wakes -> commit(), owner);
    }

    TableName table() {
        return table;
    }

    /** Takes an epoch that is in the ledger. */
    void add(StagedEpoch epoch, long sinceNanos) {
        queue.add(epoch, sinceNanos);
    }

    /**
     * Records of an epoch, which is in the ledger, wait in quarantine for a decision about the table; to be told after what the epoch has
     * staged. What comes behind it comes behind them, whoever takes it there.
     */
    void recordsWait(long epoch) {
        recordsWaitIn = epoch;
        wake();
    }

    /** The ledger says that the job goes on without the table; what waits is tried now and then. */
    void detach(DetachedTable since) {
        detached = Optional.of(since);
        lane.pauseAtMost(DETACHED_PAUSE);
        queue.countOnly();
    }

    /** The same, of a table that was detached before the job started, with what waits for it. */
    void detach(DetachedTable since, WaitingEpochs waiting, long sinceNanos) {
        queue.count(waiting, sinceNanos);
        detach(since);
    }

    void attach() {
        detached = Optional.empty();
        lane.pauseAsUsual();
    }

    boolean isDetached() {
        return detached.isPresent();
    }

    /** Lets go what waits, if the table's interval is over; called at checkpoints. */
    synchronized void letGoIfDue() {
        long now = parts.threads().nanos().getAsLong();
        if (!everLetGo || parts.rules().isOver(table, Duration.ofNanos(now - letGoAt))) {
            letGo();
        }
    }

    /** Lets go what waits, interval or not. */
    synchronized void letGo() {
        if (!queue.isEmpty()) {
            everLetGo = true;
            letGoAt = parts.threads().nanos().getAsLong();
            wake();
        }
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            lane.add(Wake.UP);
        }
    }

    private void commit() {
        // First, so that what comes from here on wakes the lane again.
        woken.set(false);
        long waitIn = recordsWaitIn;
        if (waitIn > heardOf) {
            parts.lake().keepOrder(table, waitIn);
        }
        commitWhatWaits();
        if (waitIn > heardOf && queue.isEmpty()) {
            heardOf = waitIn;
            owner.heard(table, waitIn);
        }
    }

    private void commitWhatWaits() {
        do {
            StagedQueue.Batch batch = queue.next();
            if (batch.through() == 0) {
                return;
            }
            if (!batch.epochs().isEmpty()) {
                if (isDetached()) {
                    parts.lake().requireStaged(table, batch.epochs());
                }
                parts.lake().commit(table, batch.epochs());
            }
            parts.latency().landed(table, batch.through());
            queue.landed(batch);
            landedEpoch = Math.max(landedEpoch, batch.through());
            owner.landed(table, batch);
        } while (queue.hasCountedOnly());
    }

    /** No attempt will follow. */
    void standStill() {
        lane.standStill();
    }

    TableHealth health() {
        long now = parts.threads().nanos().getAsLong();
        Lane.Standing standing = lane.standing();
        StagedQueue.Waiting waiting = queue.waiting();
        boolean slow = standing.workingFor(now).compareTo(SLOW) > 0;
        Optional<DetachedTable> without = detached;
        return new TableHealth(
                table,
                waiting.epochs(),
                waiting.records(),
                waiting.bytes(),
                waiting.age(now),
                standing.failedAttempts(),
                without.isPresent() ? Optional.empty() : heldFor(standing, now),
                slow
                        ? "a commit to `" + table + "` has not come back for "
                                + standing.workingFor(now).toMinutes() + "m"
                        : standing.lastFailure(),
                landedEpoch,
                without,
                parts.latency().of(table));
    }

    private static Optional<Duration> heldFor(Lane.Standing standing, long now) {
        if (standing.failedAttempts() > 0) {
            return Optional.of(standing.failingFor(now));
        }
        return Optional.of(standing.workingFor(now)).filter(working -> working.compareTo(SLOW) > 0);
    }

    boolean isSlow() {
        return lane.standing().workingFor(parts.threads().nanos().getAsLong()).compareTo(SLOW) > 0;
    }

    /** Nothing is under way that one could wait for: it may still fail, or not come back. */
    boolean isResting() {
        return lane.isIdle() || lane.isFailing() || isSlow();
    }
}

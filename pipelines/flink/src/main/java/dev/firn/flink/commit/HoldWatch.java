package dev.firn.flink.commit;

import dev.firn.definition.HoldOptions;
import dev.firn.plan.TableCommits;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tables once a second, on a thread that no commit can hold: tells when one is held, when it has caught up, when what is
 * staged gets old, and when a limit is passed.
 */
final class HoldWatch {

    private static final Logger LOG = LoggerFactory.getLogger(HoldWatch.class);

    static final Duration LOOK = Duration.ofSeconds(1);

    /** Whom it tells, once each time it becomes so. */
    interface Listener {
        void held(TableHealth health);

        void caughtUp(TableHealth health);

        void stagedIsOld(TableHealth health);

        void heldTooLong(TableHealth health, Throwable reason);
    }

    /** Who detaches a table that has passed a limit, where its {@code hold} says so. */
    interface Detaching {
        void detach(TableLane lane, TableHealth health);
    }

    private final Supplier<Collection<TableLane>> lanes;
    private final CommitRules rules;
    private final LaneThreads threads;
    private final Detaching detaching;
    private final Listener listener;

    /** All touched by the watch's thread alone. */
    private final Set<TableName> held = new HashSet<>();

    private final Set<TableName> old = new HashSet<>();
    private final Set<TableName> over = new HashSet<>();

    HoldWatch(
            Supplier<Collection<TableLane>> lanes,
            CommitRules rules,
            LaneThreads threads,
            Detaching detaching,
            Listener listener) {
        this.lanes = lanes;
        this.rules = rules;
        this.threads = threads;
        this.detaching = detaching;
        this.listener = listener;
    }

    void start() {
        try {
            threads.watch().schedule(this::lookAndGoOn, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.debug("The lanes are closing");
        }
    }

    private void lookAndGoOn() {
        try {
            look();
        } catch (RuntimeException bug) {
            LOG.error("our bug: a look at the tables failed", bug);
        } finally {
            start();
        }
    }

    private void look() {
        Collection<TableLane> now = lanes.get();
        threads.makeUpFor((int) now.stream().filter(TableLane::isSlow).count());
        now.forEach(this::look);
    }

    private void look(TableLane lane) {
        TableHealth health = lane.health();
        TableName table = health.table();
        if (health.isHeld() && held.add(table)) {
            listener.held(health);
        } else if (!health.isHeld()) {
            // Once it is detached, or well, it may get held for too long once more.
            over.remove(table);
            if (held.remove(table) && health.detached().isEmpty()) {
                listener.caughtUp(health);
            }
        }
        if (health.hasOldFiles() && old.add(table)) {
            listener.stagedIsOld(health);
        } else if (!health.hasOldFiles()) {
            old.remove(table);
        }
        TableCommits hold = rules.of(table);
        HeldTooLong.of(health, hold).filter(limit -> over.add(table)).ifPresent(limit -> {
            if (hold.then() == HoldOptions.Then.DETACH) {
                detaching.detach(lane, health);
            } else {
                lane.standStill();
                listener.heldTooLong(health, HeldTooLong.stop(limit));
            }
        });
    }
}

package dev.firn.flink.commit;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Detaches tables, and attaches those that have caught up. Both are written to the ledger on its own thread, between two epochs: so no
 * epoch is settled without a table before the ledger says that it is detached, and none comes for one while it is being attached.
 */
final class Detachments {

    /** Whom it tells, once the ledger says so; called on the ledger's thread. */
    interface Owner extends Lane.Owner {
        void detached(TableLane table);

        void attached(TableLane table);
    }

    private final Ledger ledger;
    private final long run;
    private final OpenEpochs open;
    private final Owner owner;
    private final Lane<Runnable> changes;

    Detachments(Ledger ledger, long run, OpenEpochs open, Owner owner, LaneThreads threads) {
        this.ledger = ledger;
        this.run = run;
        this.open = open;
        this.owner = owner;
        this.changes = new Lane<>(CommitLanes.LEDGER, threads.ledger(), threads.nanos(), Detachments::make, owner);
    }

    /** One that fails keeps the others waiting, for it is the ledger that fails; all are made again then, so each looks first. */
    private static void make(List<Runnable> changes) {
        changes.forEach(Runnable::run);
    }

    /** To be called when a limit is passed. */
    void detach(TableLane table, TableHealth health) {
        Instant now = Instant.now();
        changes.add(() -> detach(table, health.reason(), now.minus(health.oldest())));
    }

    private void detach(TableLane table, String reason, Instant oldest) {
        OptionalLong behind = open.behind(table.table());
        // It may have come back meanwhile.
        if (!table.isDetached() && behind.isPresent() && table.health().isHeld()) {
            DetachedTable detached =
                    new DetachedTable(table.table(), behind.getAsLong(), open.last(), Instant.now(), oldest, reason);
            ledger.detach(detached, run);
            open.detach(table.table());
            table.detach(detached);
            owner.detached(table);
        }
    }

    /** To be called when something has landed: the last that waited, perhaps. */
    void attachIfCaughtUp(TableLane table) {
        if (isCaughtUp(table)) {
            changes.add(() -> attach(table));
        }
    }

    private boolean isCaughtUp(TableLane table) {
        return table.isDetached() && open.behind(table.table()).isEmpty();
    }

    private void attach(TableLane table) {
        if (isCaughtUp(table)) {
            ledger.attach(table.table(), run);
            open.attach(table.table());
            table.attach();
            owner.attached(table);
        }
    }

    /** Nothing waits for the ledger, but for what it does not take. */
    boolean isResting() {
        return changes.isIdle() || changes.isFailing();
    }
}

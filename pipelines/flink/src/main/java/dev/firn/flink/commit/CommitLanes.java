package dev.firn.flink.commit;

import dev.firn.flink.latency.EventToVisible;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Takes confirmed epochs to the ledger, one after the other, and from there to their tables, a lane a table, all off the
 * task thread: a slow table holds neither a barrier nor another table.
 *
 * <pre>
 *   confirmed epoch -> ledger lane -> lane of table a -> committed
 *                                  -> lane of table b -> committed
 * </pre>
 */
final class CommitLanes implements TableLane.Owner, Detachments.Owner, AutoCloseable {

    /** How long the ledger may fail before the job stops with the reason. */
    static final Duration LEDGER_LIMIT = Duration.ofHours(12);

    static final String LEDGER = "ledger";

    /** What the owner is told; called on the pool's threads. */
    interface Listener extends HoldWatch.Listener {
        /** The epoch is written ahead: from now on it will be committed, whoever starts next. */
        void writtenAhead(long epoch);

        void landed(TableName table, long epoch, long records);

        /** The job goes on without the table. */
        void detached(TableHealth health);

        /** The table has caught up, and the job goes on with it. */
        void attached(TableHealth health);

        /** A table commits for the first time since the job has started. */
        void opened(TableLane lane);

        /** Nothing here can mend it: the job must stop. */
        void mustStop(String lane, Throwable reason);
    }

    /**
     * What the lanes work on.
     *
     * @param known what the ledger said at the start
     * @param detached what it said of tables that are detached
     */
    record Work(Lake lake, Ledger ledger, LedgerState known, DetachedTables detached, CommitRules rules) {}

    private final Ledger ledger;
    private final LedgerState known;
    private final DetachedTables detached;
    private final Listener listener;
    private final LaneThreads threads;
    private final EventToVisible latency;
    private final TableLane.Parts parts;
    private final Lane<Epoch> ledgerLane;
    private final Map<TableName, TableLane> tableLanes = new ConcurrentHashMap<>();
    private final OpenEpochs open;
    private final Detachments detachments;
    private final SchemaChanges changes;
    private final Object movement = new Object();

    private volatile boolean ending;

    private volatile LiveCommits.LedgerHealth ledgerHealth = new LiveCommits.LedgerHealth(false, Optional.empty());

    /** Touched by the ledger's lane alone. */
    private long writtenThrough;

    CommitLanes(Work work, Listener listener, LaneThreads threads) {
        this(work, listener, threads, new PointerMemory(PointerMemory.BYTES));
    }

    CommitLanes(Work work, Listener listener, LaneThreads threads, PointerMemory memory) {
        this.ledger = work.ledger();
        this.known = work.known();
        this.detached = work.detached();
        this.listener = listener;
        this.threads = threads;
        this.latency = new EventToVisible(threads.millis(), threads.nanos());
        this.parts = new TableLane.Parts(work.lake(), ledger, work.rules(), memory, threads, latency);
        this.open = new OpenEpochs(known, detached);
        this.detachments = new Detachments(ledger, known.lastRun(), open, this, threads);
        this.changes = new SchemaChanges(work.lake().schemaChanges(), threads.tables(), this::moved);
        this.writtenThrough = known.lastEpoch();
        this.ledgerLane = new Lane<>(LEDGER, threads.ledger(), threads.nanos(), this::writeAhead, this);
        new HoldWatch(tableLanes::values, work.rules(), threads, detachments::detach, listener).start();
    }

    /** Takes what was open when the job started to its tables, whatever their interval. */
    void rollForward() {
        Instant now = Instant.now();
        for (Epoch epoch : known.open()) {
            Instant writtenAt = known.writtenAt().getOrDefault(epoch.number(), now);
            hand(epoch, Duration.between(writtenAt, now), table -> !detached.contains(table));
        }
        detached.forEach((since, waiting) -> {
            TableLane lane = lane(since.table());
            lane.detach(since, waiting, nanosAgo(Duration.between(since.oldest(), now)));
            // Epochs are settled without a table that is detached, so not all that it has not heard of are open.
            WaitingRecords.last(ledger, since.table(), since.after()).ifPresent(lane::recordsWait);
        });
        tableLanes.values().forEach(TableLane::letGo);
        changes.start();
    }

    /** An epoch is complete, and these are the ages of its rows; to be told before it is submitted. */
    void staged(Epoch epoch, List<RecordAges> ages) {
        latency.staged(epoch.number(), ages);
    }

    /** Takes confirmed epochs to the ledger and then to their tables; there may be none, and still time has passed. */
    void submit(List<Epoch> epochs) {
        if (epochs.isEmpty()) {
            letGoWhatIsDue();
        }
        epochs.forEach(ledgerLane::add);
    }

    private void writeAhead(List<Epoch> epochs) {
        try {
            for (Epoch epoch : epochs) {
                // After a failure those before it come again; a ledger knows only its last epoch again.
                if (epoch.number() > writtenThrough) {
                    ledger.append(epoch, open.settledThrough());
                    ledgerHealth = new LiveCommits.LedgerHealth(true, Optional.empty());
                    writtenThrough = epoch.number();
                    open.opened(epoch);
                    listener.writtenAhead(epoch.number());
                    hand(epoch, Duration.ZERO, table -> true);
                    // Behind the tables' part, so that what takes its time here holds nobody but the next epoch.
                    ledger.upkeep(epoch);
                }
            }
        } finally {
            letGoWhatIsDue();
        }
    }

    private void hand(Epoch epoch, Duration age, Predicate<TableName> tables) {
        OpenEpochs.byTable(epoch).forEach((table, staged) -> {
            if (tables.test(table)) {
                lane(table).add(staged, nanosAgo(age));
            }
        });
        WaitingRecords.tables(epoch).forEach(table -> lane(table).recordsWait(epoch.number()));
    }

    private long nanosAgo(Duration age) {
        return threads.nanos().getAsLong() - Math.max(0, age.toNanos());
    }

    private void letGoWhatIsDue() {
        tableLanes.values().forEach(ending ? TableLane::letGo : TableLane::letGoIfDue);
        changes.catchUp();
    }

    private TableLane lane(TableName table) {
        return tableLanes.computeIfAbsent(table, name -> {
            TableLane lane = new TableLane(name, parts, this);
            listener.opened(lane);
            return lane;
        });
    }

    /** How each table fares that has been committed to, or waits to be. */
    List<TableHealth> health() {
        return tableLanes.values().stream().map(TableLane::health).toList();
    }

    @Override
    public void landed(TableName table, StagedQueue.Batch batch) {
        open.landed(table, batch.through());
        listener.landed(
                table,
                batch.through(),
                batch.epochs().stream().mapToLong(epoch -> epoch.records()).sum());
        detachments.attachIfCaughtUp(lane(table));
        changes.catchUp();
    }

    @Override
    public void heard(TableName table, long epoch) {
        open.landed(table, epoch);
    }

    @Override
    public void detached(TableLane table) {
        listener.detached(table.health());
    }

    @Override
    public void attached(TableLane table) {
        listener.attached(table.health());
    }

    @Override
    public boolean retry(String lane, Throwable failure, Duration failingFor) {
        boolean ofLedger = lane.equals(ledgerLane.name());
        if (ofLedger) {
            ledgerHealth = new LiveCommits.LedgerHealth(true, Optional.of(String.valueOf(failure.getMessage())));
        }
        boolean hopeless = !(failure instanceof RuntimeException)
                || failure instanceof Ledger.RunSuperseded
                || failure instanceof IllegalStateException
                // A table that refuses holds itself: somebody may mend it while the others go on.
                || (ofLedger && (failure instanceof CommitRefused || failingFor.compareTo(LEDGER_LIMIT) > 0));
        if (hopeless) {
            listener.mustStop(lane, failure);
        }
        return !hopeless;
    }

    Optional<String> ledgerFailure() {
        return ledgerHealth.failure();
    }

    LiveCommits live() {
        return new LiveCommits(health(), ledgerHealth, changes.health());
    }

    @Override
    public void moved() {
        synchronized (movement) {
            movement.notifyAll();
        }
    }

    /** In this order: the ledger's lane hands over to the tables' before it rests. */
    private boolean isQuiet() {
        return (ledgerLane.isIdle() || ledgerLane.isFailing())
                && tableLanes.values().stream().allMatch(TableLane::isResting)
                && detachments.isResting()
                && changes.isResting();
    }

    /**
     * Lets go what waits for an interval, and waits until all has landed, but not for a lane that is failing or hangs: what it
     * holds is in the ledger or in state.
     */
    void awaitQuiet(Duration limit) throws InterruptedException {
        ending = true;
        letGoWhatIsDue();
        long end = System.nanoTime() + limit.toNanos();
        synchronized (movement) {
            long left = limit.toNanos();
            while (!isQuiet() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(movement, left);
                left = end - System.nanoTime();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.close();
    }
}

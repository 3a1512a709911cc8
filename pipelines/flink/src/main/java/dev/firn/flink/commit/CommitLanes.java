package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Takes confirmed epochs to the ledger, one after the other, and from there to their tables, a lane a table, all off the
 * task thread: a slow table holds neither a barrier nor another table.
 *
 * <pre>
 *   confirmed epoch -> ledger lane -> lane of table a -> committed
 *                                  -> lane of table b -> committed
 * </pre>
 */
final class CommitLanes implements Lane.Owner, AutoCloseable {

    /** How long a table, or the ledger, may fail before the job stops with the reason. */
    static final Duration HOLD_LIMIT = Duration.ofHours(12);

    /** What the owner is told; called on the pool's threads. */
    interface Listener {
        /** The epoch is written ahead: from now on it will be committed, whoever starts next. */
        void writtenAhead(long epoch);

        void landed(TableName table, long epoch, long records);

        /** Nothing here can mend it: the job must stop. */
        void mustStop(String lane, Throwable reason);
    }

    private final Lake lake;
    private final Ledger ledger;
    private final Listener listener;
    private final LaneThreads threads;
    private final Lane<Epoch> ledgerLane;
    private final Map<TableName, Lane<StagedEpoch>> tableLanes = new ConcurrentHashMap<>();
    private final OpenEpochs open;
    private final Object movement = new Object();

    /** Touched by the ledger's lane alone. */
    private long writtenThrough;

    CommitLanes(Lake lake, Ledger ledger, LedgerState known, Listener listener, LaneThreads threads) {
        this.lake = lake;
        this.ledger = ledger;
        this.listener = listener;
        this.threads = threads;
        this.open = new OpenEpochs(known);
        this.writtenThrough = known.lastEpoch();
        this.ledgerLane = new Lane<>("ledger", threads.ledger(), threads.nanos(), this::writeAhead, this);
    }

    /** Takes an epoch that is in the ledger already to its tables. */
    void rollForward(Epoch epoch) {
        OpenEpochs.byTable(epoch).forEach((table, staged) -> lane(table).add(staged));
    }

    /** Takes a confirmed epoch to the ledger and then to its tables. */
    void submit(Epoch epoch) {
        ledgerLane.add(epoch);
    }

    private void writeAhead(List<Epoch> epochs) {
        for (Epoch epoch : epochs) {
            // After a failure those before it come again; a ledger knows only its last epoch again.
            if (epoch.number() > writtenThrough) {
                ledger.append(epoch, open.settledThrough());
                writtenThrough = epoch.number();
                open.opened(epoch);
                listener.writtenAhead(epoch.number());
                rollForward(epoch);
            }
        }
    }

    private Lane<StagedEpoch> lane(TableName table) {
        return tableLanes.computeIfAbsent(
                table,
                name -> new Lane<>(
                        name.full(), threads.tables(), threads.nanos(), epochs -> commit(name, epochs), this));
    }

    private void commit(TableName table, List<StagedEpoch> epochs) {
        lake.commit(table, epochs);
        open.landed(table, epochs);
        StagedEpoch last = epochs.get(epochs.size() - 1);
        listener.landed(
                table,
                last.epoch(),
                epochs.stream().mapToLong(StagedEpoch::records).sum());
    }

    @Override
    public boolean retry(String lane, Throwable failure, Duration failingFor) {
        boolean hopeless = !(failure instanceof RuntimeException)
                || failure instanceof CommitRefused
                || failure instanceof Ledger.RunSuperseded
                || failure instanceof IllegalStateException
                || failingFor.compareTo(HOLD_LIMIT) > 0;
        if (hopeless) {
            listener.mustStop(lane, failure);
        }
        return !hopeless;
    }

    @Override
    public void moved() {
        synchronized (movement) {
            movement.notifyAll();
        }
    }

    /** In this order: the ledger's lane hands over to the tables' before it rests. */
    private boolean isQuiet() {
        return isResting(ledgerLane) && tableLanes.values().stream().allMatch(CommitLanes::isResting);
    }

    private static boolean isResting(Lane<?> lane) {
        return lane.isIdle() || lane.isFailing();
    }

    /** Waits until all has landed, but not for a lane that is failing: what it holds is in the ledger or in state. */
    void awaitQuiet(Duration limit) throws InterruptedException {
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

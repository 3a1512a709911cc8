package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes confirmed epochs to the ledger, one after the other, and from there to their tables, a lane a table, all off the
 * task thread: a slow table holds neither a barrier nor another table.
 *
 * <pre>
 *   confirmed epoch -> ledger lane -> lane of table a -> committed
 *                                  -> lane of table b -> committed
 * </pre>
 */
final class CommitLanes implements AutoCloseable {

    /** Also the number of tables that commit side by side; catalogs are opened with at least as many clients. */
    static final int THREADS = 8;

    /** How long a table, or the ledger, may fail before the job stops with the reason. */
    static final Duration HOLD_LIMIT = Duration.ofHours(12);

    /** What the owner is told; called on the pool's threads. */
    interface Listener {
        /** The epoch is written ahead: from now on it will be committed, whoever starts next. */
        void writtenAhead(long epoch);

        void landed(TableName table, long epoch, long records);

        /** Nothing here can mend it: the job must stop. */
        void mustStop(String lane, RuntimeException reason);
    }

    private final Lake lake;
    private final Ledger ledger;
    private final Listener listener;
    private final ScheduledThreadPoolExecutor pool;
    private final Lane<Epoch> ledgerLane;
    private final Map<TableName, Lane<StagedEpoch>> tableLanes = new ConcurrentHashMap<>();
    private final OpenEpochs open = new OpenEpochs();

    CommitLanes(Lake lake, Ledger ledger, Listener listener, ClassLoader loader) {
        this.lake = lake;
        this.ledger = ledger;
        this.listener = listener;
        this.pool = new ScheduledThreadPoolExecutor(THREADS, threads(loader));
        pool.setRemoveOnCancelPolicy(true);
        this.ledgerLane = new Lane<>("ledger", pool, this::writeAhead, this::retry);
    }

    private static ThreadFactory threads(ClassLoader loader) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "firn-lane-" + count.incrementAndGet());
            thread.setDaemon(true);
            // Catalogs load classes by the context loader, and a pool has none of its own that is right.
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    /** Takes an epoch that is in the ledger already to its tables. */
    void rollForward(Epoch epoch) {
        open.opened(epoch);
        toTables(epoch);
    }

    /** Takes a confirmed epoch to the ledger and then to its tables. */
    void submit(Epoch epoch) {
        ledgerLane.add(epoch);
    }

    private void writeAhead(List<Epoch> epochs) {
        for (Epoch epoch : epochs) {
            // After a failure the first of them may be in already; the ledger knows and takes none twice.
            ledger.append(epoch, open.settledThrough());
            open.opened(epoch);
            listener.writtenAhead(epoch.number());
            toTables(epoch);
        }
    }

    private void toTables(Epoch epoch) {
        OpenEpochs.byTable(epoch).forEach((table, staged) -> lane(table).add(staged));
    }

    private Lane<StagedEpoch> lane(TableName table) {
        return tableLanes.computeIfAbsent(
                table, name -> new Lane<>(name.full(), pool, epochs -> commit(name, epochs), this::retry));
    }

    private void commit(TableName table, List<StagedEpoch> epochs) {
        lake.commit(table, epochs);
        open.landed(table, epochs);
        StagedEpoch last = epochs.get(epochs.size() - 1);
        listener.landed(table, last.epoch(), epochs.stream().mapToLong(StagedEpoch::records).sum());
    }

    private boolean retry(String lane, RuntimeException failure, Duration failingFor) {
        boolean hopeless = failure instanceof CommitRefused
                || failure instanceof Ledger.RunSuperseded
                || failure instanceof IllegalStateException
                || failingFor.compareTo(HOLD_LIMIT) > 0;
        if (hopeless) {
            listener.mustStop(lane, failure);
        }
        return !hopeless;
    }

    /** Whether all that was handed over has landed. */
    boolean isQuiet() {
        return ledgerLane.isIdle() && tableLanes.values().stream().allMatch(Lane::isIdle);
    }

    private boolean isFailing() {
        return ledgerLane.isFailing() || tableLanes.values().stream().anyMatch(Lane::isFailing);
    }

    /** Waits until all has landed, but not for a lane that is failing: what it holds is in the ledger or in state. */
    void awaitQuiet(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        CountDownLatch quiet = new CountDownLatch(1);
        Runnable look = new Runnable() {
            @Override
            public void run() {
                if (isQuiet() || isFailing()) {
                    quiet.countDown();
                } else {
                    pool.schedule(this, 10, TimeUnit.MILLISECONDS);
                }
            }
        };
        try {
            pool.execute(look);
        } catch (RejectedExecutionException closed) {
            return;
        }
        boolean done = quiet.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!done) {
            pool.shutdownNow();
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}

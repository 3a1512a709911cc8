package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes every epoch that is in the ledger to its tables; what is in them already stays as it is. A table that fails, or does not
 * come back, does not keep the others from theirs.
 */
public final class RollForward {

    /** How long a table is waited for. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * A table that lacks what the ledger has for it.
     *
     * @param reason why it could not be committed to
     */
    public record OpenTable(TableName table, int epochs, long records, long bytes, RuntimeException reason) {}

    private final Lake lake;
    private final Duration patience;

    public RollForward(Lake lake) {
        this(lake, PATIENCE);
    }

    RollForward(Lake lake, Duration patience) {
        this.lake = lake;
        this.patience = patience;
    }

    /** Answers which tables are still behind, sorted. */
    public List<OpenTable> run() throws InterruptedException {
        return run(Long.MAX_VALUE);
    }

    /** The same with the epochs up to one. */
    public List<OpenTable> run(long through) throws InterruptedException {
        Map<TableName, List<StagedEpoch>> waiting = waiting(through);
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "firn-roll-forward");
            thread.setDaemon(true);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            return thread;
        });
        try {
            return outcomes(waiting, started(waiting, threads));
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<TableName, List<StagedEpoch>> waiting(long through) {
        Map<TableName, List<StagedEpoch>> waiting = new TreeMap<>();
        for (Epoch epoch : lake.ledger().read().open()) {
            if (epoch.number() <= through) {
                OpenEpochs.byTable(epoch)
                        .forEach((table, staged) -> waiting.computeIfAbsent(table, name -> new ArrayList<>())
                                .add(staged));
            }
        }
        return waiting;
    }

    /** So many at a time, until patience with those that hang is over. */
    private Map<TableName, Future<?>> started(Map<TableName, List<StagedEpoch>> waiting, ExecutorService threads)
            throws InterruptedException {
        Semaphore places = new Semaphore(Lake.COMMITS_AT_A_TIME);
        long end = System.nanoTime() + patience.toNanos();
        Map<TableName, Future<?>> started = new TreeMap<>();
        for (Map.Entry<TableName, List<StagedEpoch>> table : waiting.entrySet()) {
            boolean placed = places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            started.put(table.getKey(), threads.submit(() -> {
                try {
                    lake.commit(table.getKey(), table.getValue());
                } finally {
                    places.release(placed ? 1 : 0);
                }
            }));
        }
        return started;
    }

    private List<OpenTable> outcomes(Map<TableName, List<StagedEpoch>> waiting, Map<TableName, Future<?>> started)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        List<OpenTable> open = new ArrayList<>();
        for (Map.Entry<TableName, Future<?>> table : started.entrySet()) {
            failure(table.getKey(), table.getValue(), end - System.nanoTime())
                    .map(reason -> open(table.getKey(), waiting.getOrDefault(table.getKey(), List.of()), reason))
                    .ifPresent(open::add);
        }
        return open;
    }

    private Optional<RuntimeException> failure(TableName table, Future<?> commit, long nanos)
            throws InterruptedException {
        try {
            commit.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException failed) {
            return Optional.of(
                    failed.getCause() instanceof RuntimeException reason
                            ? reason
                            : new IllegalStateException("our bug: a commit to `" + table + "` failed", failed));
        } catch (TimeoutException hanging) {
            return Optional.of(new OutsideException(
                    "a commit to `" + table + "` has not come back for " + HeldTooLong.words(patience)));
        }
    }

    private static OpenTable open(TableName table, List<StagedEpoch> epochs, RuntimeException reason) {
        return new OpenTable(
                table,
                epochs.size(),
                epochs.stream().mapToLong(StagedEpoch::records).sum(),
                epochs.stream().mapToLong(StagedEpoch::bytes).sum(),
                reason);
    }
}

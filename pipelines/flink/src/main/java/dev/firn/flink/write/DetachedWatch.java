package dev.firn.flink.write;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tables are detached, as the ledger said a short while ago. The first look is waited for: a table that is detached may not be
 * asked for anything. Later ones are made in the background, and what they find counts from the next barrier on, so that within an
 * epoch a subtask treats all records of a table alike. Subtasks need not agree: a row that one has written still waits in
 * the ledger, like those before it.
 */
final class DetachedWatch implements AutoCloseable {

    /** How old an answer gets before a barrier has the ledger asked again. */
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(DetachedWatch.class);

    /** By whom it is looked, and on which clock. */
    record Looks(ExecutorService executor, LongSupplier nanos) {}

    private final Supplier<Map<TableName, DetachedTable>> ledger;
    private final boolean mayDetach;
    private final Looks looks;

    private Map<TableName, Rejected> detached;
    private long lookedAt;
    private @Nullable CompletableFuture<Map<TableName, DetachedTable>> looking;

    /** @param mayDetach whether tables may come to be detached that are not */
    DetachedWatch(Supplier<Map<TableName, DetachedTable>> ledger, boolean mayDetach, Looks looks) {
        this.ledger = ledger;
        this.mayDetach = mayDetach;
        this.looks = looks;
        this.detached = rejections(ledger.get());
        this.lookedAt = looks.nanos().getAsLong();
    }

    /** With a thread of its own, once there is something to look for. */
    static DetachedWatch start(Supplier<Map<TableName, DetachedTable>> ledger, boolean mayDetach, int subtask) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread looking = new Thread(work, "firn-detached-" + subtask);
            looking.setDaemon(true);
            looking.setContextClassLoader(loader);
            return looking;
        });
        return new DetachedWatch(ledger, mayDetach, new Looks(thread, System::nanoTime));
    }

    private static Map<TableName, Rejected> rejections(Map<TableName, DetachedTable> tables) {
        Map<TableName, Rejected> rejections = new HashMap<>();
        tables.forEach((name, table) -> rejections.put(
                name,
                new Rejected(
                        RejectCode.TABLE_DETACHED,
                        "table `" + name + "` is detached since epoch " + table.epoch() + ": " + table.reason())));
        return rejections;
    }

    boolean contains(TableName table) {
        return detached.containsKey(table);
    }

    /** Why records of a table go to quarantine, if they do. */
    Optional<Rejected> rejection(TableName table) {
        return Optional.ofNullable(detached.get(table));
    }

    /** An epoch ends: the next one goes by what was found since. */
    void barrier() {
        if (!mayDetach && detached.isEmpty()) {
            return;
        }
        CompletableFuture<Map<TableName, DetachedTable>> look = looking;
        if (look != null && look.isDone()) {
            looking = null;
            take(look);
        } else if (look == null && looks.nanos().getAsLong() - lookedAt >= EVERY.toNanos()) {
            lookedAt = looks.nanos().getAsLong();
            looking = CompletableFuture.supplyAsync(ledger, looks.executor());
        }
    }

    private void take(CompletableFuture<Map<TableName, DetachedTable>> look) {
        try {
            detached = rejections(look.join());
        } catch (CompletionException away) {
            LOG.warn("It is not known which tables are detached by now", away.getCause());
        }
    }

    @Override
    public void close() {
        looks.executor().shutdownNow();
    }
}

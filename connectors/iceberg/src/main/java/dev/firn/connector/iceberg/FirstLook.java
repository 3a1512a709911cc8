package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look at a table by somebody who starts to write to it, and has nothing to go by yet. It is waited for, but not for long: a catalog
 * that fails or hangs for one table would else hold the task, and with it all others. What the catalog does not give is as it was at its
 * last commit. Where nobody knows what that was, there is no way but to wait, or to fail.
 */
final class FirstLook {

    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);

    /** Of whoever must write something. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LakeTables tables;
    private final RememberedTables remembered;
    private final Duration patience;
    private final Executor executor;

    /**
     * What was seen.
     *
     * @param underWay the look itself, where it was not waited for to its end
     */
    record Seen(Optional<Table> table, Optional<CompletableFuture<Optional<Table>>> underWay) {

        private static Seen atLast(Optional<Table> table) {
            return new Seen(table, Optional.empty());
        }
    }

    /**
     * @param patience how long the catalog is waited for, where one can do without
     * @param executor where it is asked; one that does it at once makes the caller wait
     */
    FirstLook(LakeTables tables, RememberedTables remembered, Duration patience, Executor executor) {
        this.tables = tables;
        this.remembered = remembered;
        this.patience = patience;
        this.executor = executor;
    }

    /** The table, or what is remembered of it; no table where the catalog says that there is none. */
    Seen at(TableName name) {
        CompletableFuture<Optional<Table>> look = CompletableFuture.supplyAsync(() -> tables.find(name), executor);
        try {
            return Seen.atLast(look.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException hangs) {
            Optional<Table> before = recall(name, "it did not come within " + patience.toSeconds() + " s");
            return before.isPresent() ? new Seen(before, Optional.of(look)) : Seen.atLast(FileThreads.await(look));
        } catch (ExecutionException failed) {
            Optional<Table> before = failed.getCause() instanceof OutsideException away
                    ? recall(name, String.valueOf(away.getMessage()))
                    : Optional.empty();
            return Seen.atLast(before.isPresent() ? before : FileThreads.await(look));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while table " + name + " was looked at", e);
        }
    }

    private Optional<Table> recall(TableName name, String reason) {
        Optional<Table> before = remembered.recall(name);
        if (before.isPresent()) {
            LOG.warn("Table {} is taken to be as it was at its last commit: {}", name, reason);
        }
        return before;
    }
}

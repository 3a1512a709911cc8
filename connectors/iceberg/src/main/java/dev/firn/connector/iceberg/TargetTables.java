package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that a subtask writes to, looked at again from time to time: while a table has open files its schema stays,
 * so that all rows of an epoch are alike. Only the {@linkplain FirstLook first look} is waited for. A catalog that hangs for one table
 * would else hold the task, and with it all others.
 */
final class TargetTables {

    private static final Logger LOG = LoggerFactory.getLogger(TargetTables.class);

    private static final Duration PAUSED_GOOD_FOR = Duration.ofSeconds(5);

    /** How long a look at a paused table is waited for, once a look. */
    private static final Duration PAUSED_PATIENCE = Duration.ofSeconds(2);

    private final LakeTables tables;
    private final FirstLook first;
    private final LakeNames names;
    private final WriterSettings settings;
    private final Looks looks;
    private final Consumer<TableName> onNewColumns;
    private final Map<TableName, Loaded> loaded = new HashMap<>();
    private final Map<TableName, CompletableFuture<Optional<TargetTable>>> looking = new HashMap<>();

    /**
     * How tables are looked at again.
     *
     * @param every how long an answer is good for
     * @param executor where it is done; one that does it at once makes the caller wait
     */
    record Looks(Duration every, Executor executor) {}

    /** @param onNewColumns told when a table was found with another schema or other partitions than before */
    TargetTables(
            LakeTables tables,
            FirstLook first,
            LakeNames names,
            WriterSettings settings,
            Looks looks,
            Consumer<TableName> onNewColumns) {
        this.tables = tables;
        this.first = first;
        this.names = names;
        this.settings = settings;
        this.looks = looks;
        this.onNewColumns = onNewColumns;
    }

    /** The table as it is now, or was a short while ago; empty while it was never seen since the writer has started. */
    Optional<TargetTable> current(TableName name) {
        Loaded known = loaded.get(name);
        if (known == null) {
            return keep(name, firstLook(name));
        }
        // A first look that was not waited for to its end may still be under way.
        if (System.nanoTime() - known.nanoTime() < goodFor(known.table()).toNanos() && !looking.containsKey(name)) {
            return known.table();
        }
        boolean begins = !looking.containsKey(name);
        CompletableFuture<Optional<TargetTable>> look = looking.computeIfAbsent(name, this::look);
        if (begins && isPaused(known.table())) {
            await(look);
        }
        if (!look.isDone()) {
            return known.table();
        }
        looking.remove(name);
        return keep(name, seen(name, look, known.table()));
    }

    /** A table that has not been looked at for long may go on since: one more of its records would wait, and hold all behind it. */
    private static void await(CompletableFuture<Optional<TargetTable>> look) {
        try {
            look.get(PAUSED_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException known) {
            // Then it is as it was, or whoever takes the answer says why.
            LOG.debug("A paused table does not say whether it goes on", known);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isPaused(Optional<TargetTable> known) {
        return known.flatMap(TargetTable::paused).isPresent();
    }

    /** Somebody may be waiting for a paused table to go on. */
    private Duration goodFor(Optional<TargetTable> known) {
        boolean paused = isPaused(known);
        return paused && looks.every().compareTo(PAUSED_GOOD_FOR) > 0 ? PAUSED_GOOD_FOR : looks.every();
    }

    /** Takes what somebody else has just loaded. */
    TargetTable seen(TableName name, Table table) {
        // What is under way has looked before, perhaps.
        looking.remove(name);
        Optional<TargetTable> target = target(name, Optional.of(table));
        keep(name, target);
        return target.orElseThrow();
    }

    private Optional<TargetTable> firstLook(TableName name) {
        FirstLook.Seen seen = first.at(name);
        seen.underWay().ifPresent(look -> looking.put(name, look.thenApply(table -> target(name, table))));
        return target(name, seen.table());
    }

    private Optional<TargetTable> seen(
            TableName name, CompletableFuture<Optional<TargetTable>> look, Optional<TargetTable> known) {
        Optional<TargetTable> now;
        try {
            now = FileThreads.await(look);
        } catch (OutsideException away) {
            // A catalog that is away for a while stops commits, not writers.
            return asBefore(name, known, away);
        }
        if (now.isEmpty()) {
            return asBefore(name, known, tables.missing(name));
        }
        // Of a table that was remembered only, decoders may rest on what it could not be told yet.
        // And what was refused while the table was paused is asked for anew.
        if (known.isEmpty()
                || known.get().isRemembered()
                || !now.get().hasColumnsOf(known.get())
                || !now.get().paused().equals(known.get().paused())) {
            onNewColumns.accept(name);
        }
        return now;
    }

    private static Optional<TargetTable> asBefore(
            TableName name, Optional<TargetTable> known, OutsideException reason) {
        known.ifPresent(table ->
                LOG.warn("Table {} is written as it was when it was last looked at: {}", name, reason.getMessage()));
        return known;
    }

    private CompletableFuture<Optional<TargetTable>> look(TableName name) {
        return CompletableFuture.supplyAsync(() -> target(name, tables.find(name)), looks.executor());
    }

    private Optional<TargetTable> target(TableName name, Optional<Table> table) {
        List<String> key = settings.keys().of(name);
        if (!key.isEmpty()) {
            table.filter(found -> !RememberedTables.isRemembered(found))
                    .ifPresent(found -> DeletesSpec.prepare(name, found, key, tables.outside()));
        }
        return table.map(found -> new TargetTable(name, found, names, settings, tables));
    }

    private Optional<TargetTable> keep(TableName name, Optional<TargetTable> table) {
        loaded.put(name, new Loaded(table, System.nanoTime()));
        return table;
    }

    private record Loaded(Optional<TargetTable> table, long nanoTime) {}
}

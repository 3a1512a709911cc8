package dev.firn.connector.iceberg;

import dev.firn.spi.format.NoRow;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.OwnedKeys;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.sink.UnknownRows;
import dev.firn.spi.sink.UnknownRows.Hopeless;
import dev.firn.spi.sink.UnknownRows.Patience;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * What those tables of one writer have that take no row a second time. A catalog or a storage that is away is waited for, since nothing can
 * be written before; one thread's.
 */
final class SeenTables {

    /** As long as the ledger may fail: nothing else is done yet. */
    private static final Duration AT_START = Duration.ofHours(12);

    /** All that the writer does stands still meanwhile, and checkpoints fail. */
    private static final Duration LATER = Duration.ofMinutes(10);

    /**
     * How long a table is waited for.
     *
     * @param atStart before the first record comes
     */
    record Waits(Patience atStart, Patience later) {

        static final Waits DEFAULT =
                new Waits(new Patience(AT_START, Patience.PAUSE), new Patience(LATER, Patience.PAUSE));
    }

    /** One that was made anew has rows of its own. */
    private record Which(TableName table, String incarnation) {}

    private final LakeTables tables;
    private final OwnedKeys owned;
    private final SeenMemory memory;
    private final Waits waits;
    private final Map<Which, SeenRows> seen = new HashMap<>();

    SeenTables(LakeTables tables, OwnedKeys owned, SeenMemory memory, Waits waits) {
        this.tables = tables;
        this.owned = owned;
        this.memory = memory;
        this.waits = waits;
    }

    /** Looks what a table has before the first row comes; nothing where it is not there yet. */
    void learn(TableName name, UniqueRows rows) {
        UnknownRows.await(name, waits.atStart(), () -> tables.find(name)
                .map(table -> orOutside(name, () -> learn(name, table, rows))));
    }

    /** Why the table is not to have a row, if it is not. */
    Optional<NoRow> take(TargetTable target, UniqueColumns columns, Record row) {
        Which which = new Which(target.name(), target.incarnation());
        SeenRows known = seen.get(which);
        if (known == null) {
            known = UnknownRows.await(
                    target.name(), waits.later(), () -> orOutside(target.name(), () -> learn(which, columns.rows())));
        }
        return known.take(columns, row);
    }

    private SeenRows learn(Which which, UniqueRows rows) {
        Which found = learn(which.table(), tables.load(which.table()), rows);
        SeenRows known = seen.get(which);
        if (known == null) {
            // Where it is written to, it stays the old one: only a new start looks again.
            throw new Hopeless("table `" + which.table() + "` is another one than a short while ago: "
                    + found.incarnation() + ", and not " + which.incarnation());
        }
        return known;
    }

    private Which learn(TableName name, Table table, UniqueRows rows) {
        Which which = new Which(name, LakeTables.operations(table).current().uuid());
        if (!seen.containsKey(which)) {
            forget(name);
            seen.put(which, SeenRows.in(name, table, columns(name, table, rows), owned, memory));
        }
        return which;
    }

    /** One that was of that name before takes no memory any more. */
    private void forget(TableName name) {
        seen.entrySet().removeIf(known -> {
            boolean gone = known.getKey().table().equals(name);
            if (gone) {
                known.getValue().close(memory);
            }
            return gone;
        });
    }

    /** Of the table as it is now: somebody may have renamed one of them. */
    private static UniqueColumns columns(TableName name, Table table, UniqueRows rows) {
        try {
            return new UniqueColumns(name, table.schema(), rows, DataFileFormat.of(name, table.properties()));
        } catch (OutsideException unsuited) {
            throw new Hopeless(String.valueOf(unsuited.getMessage()));
        }
    }

    /** Storages fail in many ways, each with exceptions of its own; these are no such way. */
    private <T> T orOutside(TableName name, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (OutsideException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | ValidationException told) {
            throw told;
        } catch (RuntimeException away) {
            throw tables.outside().failed("look which rows table `" + name + "` has", away);
        }
    }
}

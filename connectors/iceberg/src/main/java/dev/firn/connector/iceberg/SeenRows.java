package dev.firn.connector.iceberg;

import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.Repeated;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.OwnedKeys;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.sink.UnknownRows.Hopeless;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that a table has, as far as one writer has to know them: which keys, and when. They are found in the table itself, and those that
 * the writer adds come to them; nothing of it is kept anywhere else.
 */
final class SeenRows {

    private static final Logger LOG = LoggerFactory.getLogger(SeenRows.class);

    private final TableName table;
    private final UniqueRows unique;
    private final SeenKeys keys;
    private final KeyDigest digest = new KeyDigest();

    private SeenRows(TableName table, UniqueRows unique, SeenMemory memory) {
        this.table = table;
        this.unique = unique;
        this.keys = new SeenKeys(unique.within().toNanos() / 1_000, unique.memory(), memory);
    }

    /**
     * Reads those of the writer's own keys, the newest first, as far back as they fit. What fails leaves nothing in memory, and says so as
     * the table's format or storage does.
     *
     * @param columns of the table as it is loaded
     * @throws Hopeless if it has more of them within the span than fit
     */
    static SeenRows in(TableName name, Table table, UniqueColumns columns, OwnedKeys owned, SeenMemory memory) {
        SeenRows rows = new SeenRows(name, columns.rows(), memory);
        boolean done = false;
        try {
            rows.read(table, columns, owned);
            done = true;
        } finally {
            if (!done) {
                memory.remove(rows.keys);
            }
        }
        return rows;
    }

    /** Gives its memory back. */
    void close(SeenMemory memory) {
        memory.remove(keys);
    }

    private void read(Table loaded, UniqueColumns columns, OwnedKeys owned) {
        LOG.info("Table {}: looks which keys it has", table);
        long start = System.nanoTime();
        boolean[] full = {false};
        long read = new NewestRows(table, loaded, columns).read(keys, row -> {
            if (owned.contains(table, KeyColumns.number(row.key()))) {
                try {
                    keys.add(digest.of(row.key()), row.micros());
                } catch (SeenKeys.Full noRoom) {
                    full[0] = true;
                }
            }
            return !full[0];
        });
        if (full[0]) {
            throw tooMany();
        }
        LOG.info(
                "Table {}: of {} rows read, {} keys are known{}, after {} ms",
                table,
                read,
                keys.size(),
                keys.knownFrom() == Long.MIN_VALUE ? "" : " from " + columns.time(keys.knownFrom()) + " on",
                (System.nanoTime() - start) / 1_000_000);
    }

    /** Why a row is not to be written, if it is not; else the table has it from now on. */
    Optional<NoRow> take(UniqueColumns columns, Record row) {
        KeyDigest.Of key = digest.of(columns.key().values(row));
        long micros = columns.micros(row);
        if (keys.has(key, micros)) {
            return Optional.of(Repeated.ROW);
        }
        if (!keys.tells(micros)) {
            return Optional.of(Rejected.by(
                    UniqueRows.NOT_TOO_OLD,
                    RejectCode.RULE_BROKEN,
                    "its `" + unique.time() + "` is " + columns.time(micros) + ", and rows of table `" + table
                            + "` are known from " + columns.time(keys.knownFrom())
                            + " on: whether it has this one can't be told. With more `memory` in `unique`, and a new"
                            + " start, it can; then the record has to be sent again"));
        }
        try {
            keys.add(key, micros);
        } catch (SeenKeys.Full noRoom) {
            throw tooMany();
        }
        return Optional.empty();
    }

    private Hopeless tooMany() {
        boolean ofTable = keys.roomNow() == keys.room();
        return new Hopeless(String.format(
                Locale.ROOT,
                "table `%s` has more than %,d keys within the span of its `unique`, and %s, a shorter `within`, or a higher"
                        + " `parallelism`",
                table,
                keys.roomNow(),
                ofTable
                        ? String.format(
                                Locale.ROOT, "the %,d bytes of its `memory` hold no more: say more", unique.memory())
                        : "the quarter of the heap that such tables share holds no more: give the process more heap"));
    }
}

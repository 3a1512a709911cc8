package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.postgres.SourceTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a table was read: its rows first, in the order of its key, then their changes.
 *
 * @param oid of the table, which another of the same name does not have
 * @param key names of the columns by which its rows are read
 * @param rows how many of its rows were read, which is the position of the next one
 * @param lastKey of the last of those, as texts in the key's order; null before the first
 * @param isComplete whether all of its rows were read
 * @param changes the position of the next change
 * @param changesAtBoundary what {@code changes} was where the log is read from after a restart: those in between come again, and
 *     are passed over
 */
record TablePlace(
        int oid,
        List<String> key,
        long rows,
        @Nullable List<String> lastKey,
        boolean isComplete,
        long changes,
        long changesAtBoundary) {

    /** Before its first row. */
    static TablePlace beforeAll(SourceTable table) {
        return new TablePlace(table.oid(), table.key(), 0, null, false, 0, 0);
    }

    TablePlace {
        key = List.copyOf(key);
        lastKey = lastKey == null ? null : List.copyOf(lastKey);
    }
}

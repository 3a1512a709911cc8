package dev.firn.connector.iceberg;

import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.data.Record;

/**
 * What came last of each key, a row or the end of one, in memory until all of them are written at once; a row that is replaced is in no
 * file.
 */
final class KeyedRows {

    /** A place in the map, a key and an entry, besides the row. */
    private static final int OVERHEAD = 120;

    private final KeyColumns key;
    private final Map<Object, Newest> newest = new LinkedHashMap<>();
    private long bytes;

    KeyedRows(KeyColumns key) {
        this.key = key;
    }

    /** @param deleted whether the row has its key alone, and ends what was there */
    private record Newest(Record row, boolean deleted, Split split, long bytes) {}

    /**
     * All keys, and the rows that there are from now on.
     *
     * @param replaced a row for each key, which has the values of its key at least
     * @param rows those of the keys that are not deleted
     */
    record Drained(List<Record> replaced, List<Record> rows) {}

    /** Answers where the record came from whose row this one takes the place of, if there was one. */
    Optional<Split> put(Record row, Split split) {
        return put(new Newest(row, false, split, RowSize.of(row) + OVERHEAD));
    }

    /**
     * Answers where the record came from whose row is deleted before it was written, if there was one.
     *
     * @param row of the table's columns, with the values of its key
     */
    Optional<Split> delete(Record row, Split split) {
        return put(new Newest(row, true, split, RowSize.of(row) + OVERHEAD));
    }

    private Optional<Split> put(Newest now) {
        Newest before = newest.put(key.of(now.row()), now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
        return before == null || before.deleted() ? Optional.empty() : Optional.of(before.split());
    }

    /** About how much memory they take. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return newest.isEmpty();
    }

    /** All of them; none is left. */
    Drained drain() {
        List<Record> replaced = new ArrayList<>(newest.size());
        List<Record> rows = new ArrayList<>(newest.size());
        for (Newest entry : newest.values()) {
            replaced.add(entry.row());
            if (!entry.deleted()) {
                rows.add(entry.row());
            }
        }
        newest.clear();
        bytes = 0;
        return new Drained(replaced, rows);
    }
}

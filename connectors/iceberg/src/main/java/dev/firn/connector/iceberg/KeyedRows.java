package dev.firn.connector.iceberg;

import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** The newest row of each key, in memory until all of them are written at once; a row that is replaced is in no file. */
final class KeyedRows {

    /** A place in the map, a key and an entry, besides the row. */
    private static final int OVERHEAD = 120;

    private final KeyColumns key;
    private final Map<Object, Newest> newest = new LinkedHashMap<>();
    private long bytes;

    KeyedRows(KeyColumns key) {
        this.key = key;
    }

    private record Newest(Record row, Split split, long bytes) {}

    /** Answers where the record came from whose row this one takes the place of, if there was one. */
    @Nullable
    Split put(Record row, Split split) {
        Newest now = new Newest(row, split, RowSize.of(row) + OVERHEAD);
        Newest before = newest.put(key.of(row), now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
        return before == null ? null : before.split();
    }

    /** About how much memory they take. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return newest.isEmpty();
    }

    /** All of them; none is left. */
    List<Record> drain() {
        List<Record> rows = new ArrayList<>(newest.size());
        newest.values().forEach(entry -> rows.add(entry.row()));
        newest.clear();
        bytes = 0;
        return rows;
    }
}

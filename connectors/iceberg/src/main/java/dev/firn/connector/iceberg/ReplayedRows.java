package dev.firn.connector.iceberg;

import dev.firn.spi.record.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Which rows of a quarantine were put back, and when. */
final class ReplayedRows {

    private final Map<QuarantineKey, Map<Long, Instant>> byKey = new HashMap<>();

    /** Reads the table of what was put back, as far as a filter lets its rows through. */
    static ReplayedRows in(Table table, Expression filter) {
        ReplayedRows rows = new ReplayedRows();
        Set<String> columns = new TreeSet<>(ReplayedTable.KEY);
        columns.add(ReplayedTable.AT);
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table).where(filter).select(columns).build()) {
            records.forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private void add(Record row) {
        Instant at = ((OffsetDateTime) row.getField(ReplayedTable.AT)).toInstant();
        byKey.computeIfAbsent(QuarantineKey.of(row), key -> new HashMap<>()).put((Long) row.getField("position"), at);
    }

    /** Of each split, the last position. */
    Map<Split, Long> last() {
        Map<Split, Long> last = new TreeMap<>();
        byKey.forEach((key, positions) ->
                positions.keySet().forEach(position -> last.merge(key.split(), position, Math::max)));
        return last;
    }

    Optional<Instant> at(QuarantineKey key, long position) {
        return Optional.ofNullable(byKey.getOrDefault(key, Map.of()).get(position));
    }
}

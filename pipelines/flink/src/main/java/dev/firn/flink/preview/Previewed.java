package dev.firn.flink.preview;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.UniqueRows;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of records.
 *
 * @param rows of each table, in the order in which the records came
 * @param rejected what would go to quarantine, with its reasons
 * @param leftOut how many records each table has not got for its `where`, which is the empty text, or for a rule
 * @param tombstones records that delete nothing and are no rows
 */
public record Previewed(
        SortedMap<TableName, Rows> rows,
        List<QuarantinedRecord> rejected,
        SortedMap<TableName, SortedMap<String, Long>> leftOut,
        long tombstones) {

    public Previewed {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        rejected = List.copyOf(rejected);
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    /**
     * Rows of one table, and the columns that they are of.
     *
     * @param replaced how many more there were, and a later record of their key has taken their place, or deleted them
     * @param deletes how many records delete a row, which may have been in the table before
     * @param repeated how many more there were, and one of the rows is the same
     */
    public record Rows(TableSchema schema, List<Row> rows, long replaced, long deletes, long repeated) {
        public Rows {
            rows = List.copyOf(rows);
        }

        /** Of a table in which each record is a row. */
        public Rows(TableSchema schema, List<Row> rows) {
            this(schema, rows, 0, 0, 0);
        }

        /** Those that are left where the same row is there once. */
        Rows once(UniqueRows unique) {
            List<String> names = schema.columns().stream().map(Column::name).toList();
            int time = names.indexOf(unique.time());
            List<Integer> places = unique.key().stream().map(names::indexOf).toList();
            if (time < 0 || places.contains(-1)) {
                return this;
            }
            Map<List<@Nullable Object>, List<Instant>> seen = new HashMap<>();
            List<Row> once = new ArrayList<>();
            for (Row row : rows) {
                List<@Nullable Object> values = new ArrayList<>();
                places.forEach(place -> values.add(comparable(row.values().get(place))));
                List<Instant> times = seen.computeIfAbsent(values, first -> new ArrayList<>());
                Instant now = instant(row.values().get(time));
                if (times.stream().noneMatch(other -> isNear(other, now, unique))) {
                    times.add(now);
                    once.add(row);
                }
            }
            return new Rows(schema, once, 0, 0, rows.size() - once.size());
        }

        private static @Nullable Object comparable(@Nullable Object value) {
            return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
        }

        private static boolean isNear(Instant one, Instant other, UniqueRows unique) {
            return Duration.between(one, other).abs().compareTo(unique.within()) < 0;
        }

        private static Instant instant(@Nullable Object time) {
            if (time instanceof OffsetDateTime instant) {
                return instant.toInstant();
            }
            if (time instanceof LocalDateTime local) {
                return local.toInstant(ZoneOffset.UTC);
            }
            throw new IllegalStateException("our bug: a row whose time is " + time);
        }

        /** Those that are left where these columns tell rows apart. */
        Rows newest(List<String> key) {
            List<String> names = schema.columns().stream().map(Column::name).toList();
            List<Integer> places = key.stream().map(names::indexOf).toList();
            if (key.isEmpty() || places.contains(-1)) {
                return this;
            }
            Map<List<@Nullable Object>, Row> newest = new LinkedHashMap<>();
            int made = 0;
            for (Row row : rows) {
                List<@Nullable Object> values = new ArrayList<>();
                places.forEach(place -> values.add(comparable(row.values().get(place))));
                newest.remove(values);
                if (!row.deletes()) {
                    made++;
                    newest.put(values, row);
                }
            }
            return new Rows(schema, List.copyOf(newest.values()), made - newest.size(), rows.size() - made, 0);
        }
    }

    /**
     * A row and the record that it was made of.
     *
     * @param values in the order of the columns; a struct's are a {@code Map} by name
     * @param deletes whether it is the end of the row with its key, and has values there alone
     */
    public record Row(RawRecord record, List<@Nullable Object> values, boolean deletes) {
        public Row {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }

        /** One that is there. */
        public Row(RawRecord record, List<@Nullable Object> values) {
            this(record, values, false);
        }
    }
}

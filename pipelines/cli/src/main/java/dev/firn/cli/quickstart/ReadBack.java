package dev.firn.cli.quickstart;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the committed tables, so that the last word is the lake's and not the job's. */
final class ReadBack {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final Lake lake;

    ReadBack(Lake lake) {
        this.lake = lake;
    }

    /** Rows of a table and how many different keys they have. */
    record Keys(long rows, long distinct) {
        long doubled() {
            return rows - distinct;
        }
    }

    Keys keys(TableName table, String keyColumn) {
        Set<Long> seen = new HashSet<>();
        long[] rows = {0};
        lake.read(table, List.of(keyColumn), row -> {
            Long key = (Long) row.get(0);
            if (key != null) {
                seen.add(key);
            }
            rows[0]++;
            return true;
        });
        return new Keys(rows[0], seen.size());
    }

    /** How many records lie in quarantine for each reason, with the first place of each. */
    Map<String, Reason> quarantine(TableName table) {
        Map<String, Reason> reasons = new TreeMap<>();
        lake.read(table, List.of("code", "stream", "partition", "position"), row -> {
            Place place =
                    new Place(text(row.get(1)), Integer.parseInt(text(row.get(2))), Long.parseLong(text(row.get(3))));
            reasons.merge(text(row.get(0)), new Reason(1, place), Reason::and);
            return true;
        });
        return reasons;
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    /** Where a record was read. */
    record Place(String stream, int partition, long position) {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::stream)
                .thenComparing(Place::partition)
                .thenComparing(Place::position);

        @Override
        public String toString() {
            return String.format("%s-%d @ %,d", stream, partition, position);
        }
    }

    /** A reject code's records, and the first of their places. */
    record Reason(long records, Place place) {
        Reason and(Reason other) {
            return new Reason(
                    records + other.records, BinaryOperator.minBy(Place.ORDER).apply(place, other.place));
        }
    }

    /** Rows by the first column, from a value on, as lines of a table with its head; numbers stand to the right. */
    List<String> sample(TableName table, List<String> columns, long from, long rowsWanted) {
        Map<Long, List<@Nullable Object>> byKey = new TreeMap<>();
        lake.read(table, columns, row -> {
            Long key = (Long) row.get(0);
            if (key != null && key >= from && key < from + rowsWanted) {
                byKey.put(key, new ArrayList<>(row));
            }
            return byKey.size() < rowsWanted;
        });
        List<StringBuilder> lines = new ArrayList<>();
        lines.add(new StringBuilder("   "));
        byKey.forEach((key, row) -> lines.add(new StringBuilder("   ")));
        for (int column = 0; column < columns.size(); column++) {
            List<String> cells = new ArrayList<>();
            cells.add(columns.get(column));
            boolean numbers = true;
            for (List<@Nullable Object> row : byKey.values()) {
                cells.add(shown(row.get(column)));
                numbers &= row.get(column) instanceof Number;
            }
            int width = cells.stream().mapToInt(String::length).max().orElse(1);
            String format = " %" + (numbers ? "" : "-") + width + "s ";
            for (int line = 0; line < cells.size(); line++) {
                lines.get(line).append(String.format(format, cells.get(line)));
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof OffsetDateTime time) {
            return TIME.format(time);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}

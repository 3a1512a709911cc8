package dev.firn.cli.quickstart;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the committed tables, so that the last word is the lake's and not the job's. */
final class ReadBack {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final Lake lake;

    ReadBack(Lake lake) {
        this.lake = lake;
    }

    /**
     * Rows of a table and how many different keys they have.
     *
     * @param highest the largest key
     */
    record Keys(long rows, long distinct, long highest) {
        long doubled() {
            return rows - distinct;
        }
    }

    Keys keys(TableName table, String keyColumn) {
        Set<Long> seen = new HashSet<>();
        long[] rowsAndHighest = {0, 0};
        lake.read(table, List.of(keyColumn), row -> {
            Long key = (Long) row.get(0);
            if (key != null) {
                seen.add(key);
                rowsAndHighest[1] = Math.max(rowsAndHighest[1], key);
            }
            rowsAndHighest[0]++;
            return true;
        });
        return new Keys(rowsAndHighest[0], seen.size(), rowsAndHighest[1]);
    }

    /** How many records lie in quarantine for each reason, with one place for each. */
    Map<String, Reason> quarantine(TableName table) {
        Map<String, Reason> reasons = new TreeMap<>();
        lake.read(table, List.of("code", "stream", "partition", "position"), row -> {
            String place = String.format("%s-%s @ %,d", row.get(1), row.get(2), (Long) row.get(3));
            reasons.merge(
                    String.valueOf(row.get(0)), new Reason(1, place), (one, other) -> one.and(other));
            return true;
        });
        return reasons;
    }

    /** A reject code's records; of their places the first in alphabetical order, so that the screen is the same each time. */
    record Reason(long records, String place) {
        Reason and(Reason other) {
            return new Reason(
                    records + other.records, place.compareTo(other.place) <= 0 ? place : other.place);
        }
    }

    /** The first rows by the first column, as lines of a table with its head. */
    List<String> sample(TableName table, List<String> columns, long rowsWanted) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns);
        Map<Long, List<String>> byKey = new TreeMap<>();
        lake.read(table, columns, row -> {
            Long key = (Long) row.get(0);
            if (key != null && key <= rowsWanted) {
                byKey.put(key, row.stream().map(ReadBack::shown).toList());
            }
            return byKey.size() < rowsWanted;
        });
        cells.addAll(byKey.values());
        int[] widths = new int[columns.size()];
        for (List<String> row : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder("   ");
            for (int column = 0; column < widths.length; column++) {
                line.append(' ').append(String.format("%-" + widths[column] + "s", row.get(column))).append(' ');
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
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

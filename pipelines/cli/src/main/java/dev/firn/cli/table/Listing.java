package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.help.Paragraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows of the same kind, which become lines that line up in 100 columns, or objects for programs: each column is told once.
 *
 * @param <T> what a row is of
 */
final class Listing<T> {

    /** So much of words stays, however many columns there are. */
    private static final int NARROWEST = 12;

    private static final String INDENT = "    ";

    /** How values are written. */
    enum Kind {
        /** Cut at their end where they are too long. */
        WORDS,
        /** Cut at their beginning. */
        PATH,
        NUMBER,
        /** Without separators, for it is a name. */
        ID,
        BYTES,
        TIME,
        /** {@code yes} or {@code no}. */
        ANSWER;

        boolean isLeft() {
            return this == WORDS || this == PATH || this == TIME || this == ANSWER;
        }
    }

    /**
     * @param title above the column; empty text where only programs get it
     * @param key for programs
     * @param value a {@link String}, {@link Number}, {@link Boolean}, {@link Instant}, a list of strings, or an {@link Optional} of those
     */
    private record Column<T>(String title, String key, Kind kind, Function<T, Object> value) {

        Optional<Object> of(T row) {
            Object value = this.value.apply(row);
            if (value instanceof Optional<?> optional) {
                return optional.map(Object.class::cast);
            }
            if (value instanceof OptionalLong optional) {
                return optional.isPresent() ? Optional.of(optional.getAsLong()) : Optional.empty();
            }
            return Optional.of(value);
        }

        String text(T row) {
            return Figures.plain(of(row).map(this::written).orElse("-"));
        }

        private String written(Object value) {
            if (value instanceof Instant at) {
                return Figures.time(at);
            }
            if (value instanceof Boolean answer) {
                return answer ? "yes" : "no";
            }
            if (value instanceof List<?> list) {
                return list.isEmpty() ? "-" : list.stream().map(String::valueOf).collect(Collectors.joining(", "));
            }
            if (value instanceof Number number) {
                return switch (kind) {
                    case BYTES -> Figures.bytes(number.longValue());
                    case ID -> number.toString();
                    default -> String.format(Locale.ROOT, "%,d", number.longValue());
                };
            }
            return value.toString();
        }
    }

    private final List<Column<T>> columns = new ArrayList<>();

    Listing<T> column(String title, String key, Kind kind, Function<T, Object> value) {
        columns.add(new Column<>(title, key, kind, value));
        return this;
    }

    /** One that people do not get. */
    Listing<T> hidden(String key, Kind kind, Function<T, Object> value) {
        return column("", key, kind, value);
    }

    /** An object for each row. */
    void into(ArrayNode array, List<T> rows) {
        rows.forEach(row -> into(array.addObject(), row));
    }

    void into(ObjectNode object, T row) {
        for (Column<T> column : columns) {
            column.of(row).ifPresent(value -> put(object, column.key(), value));
        }
    }

    private static void put(ObjectNode object, String key, Object value) {
        if (value instanceof Boolean answer) {
            object.put(key, answer);
        } else if (value instanceof Integer || value instanceof Long) {
            object.put(key, ((Number) value).longValue());
        } else if (value instanceof List<?> list) {
            ArrayNode array = object.putArray(key);
            list.forEach(each -> array.add(String.valueOf(each)));
        } else {
            object.put(key, value.toString());
        }
    }

    String text(List<T> rows) {
        return text(rows, row -> "");
    }

    /** @param below whole lines that follow a row's own, or empty text */
    String text(List<T> rows, Function<T, String> below) {
        List<Column<T>> shown =
                columns.stream().filter(column -> !column.title().isEmpty()).toList();
        List<List<String>> cells = rows.stream()
                .map(row -> shown.stream().map(column -> column.text(row)).toList())
                .toList();
        int[] widths = widths(shown, cells);
        StringBuilder text = new StringBuilder();
        text.append(line(shown, shown.stream().map(Column::title).toList(), widths));
        for (int i = 0; i < rows.size(); i++) {
            text.append(line(shown, cells.get(i), widths)).append(below.apply(rows.get(i)));
        }
        return text.toString();
    }

    /** As wide as the longest, but for words and paths: of these the widest give what there is not. */
    private int[] widths(List<Column<T>> shown, List<List<String>> cells) {
        int[] widths = new int[shown.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = shown.get(i).title().length();
            for (List<String> row : cells) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int over = INDENT.length() + 2 * (widths.length - 1) - Paragraph.COLUMNS;
        for (int width : widths) {
            over += width;
        }
        for (; over > 0; over--) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                Kind kind = shown.get(i).kind();
                if ((kind == Kind.WORDS || kind == Kind.PATH)
                        && widths[i] > NARROWEST
                        && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return widths;
            }
            widths[widest]--;
        }
        return widths;
    }

    private String line(List<Column<T>> shown, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        for (int i = 0; i < cells.size(); i++) {
            Kind kind = shown.get(i).kind();
            String cell = cut(cells.get(i), kind, widths[i]);
            String blanks = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : "  ").append(kind.isLeft() ? cell + blanks : blanks + cell);
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static String cut(String cell, Kind kind, int width) {
        if (cell.length() <= width) {
            return cell;
        }
        return kind == Kind.PATH
                ? "..." + cell.substring(cell.length() - width + 3)
                : cell.substring(0, width - 3) + "...";
    }
}

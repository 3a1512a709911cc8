package dev.firn.cli.preview;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under the names of their columns, as many columns as fit; those that do not are named below. */
public final class RowTable {

    private static final int WIDTH = 100;

    /** Of a column among many; where there are few, they share the line. */
    private static final int WIDEST = 28;

    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    private final List<String> names;
    private final List<List<@Nullable Object>> rows;
    private final int widest;
    private final int width;

    public RowTable(List<String> names, List<List<@Nullable Object>> rows) {
        this(names, rows, WIDTH);
    }

    /** @param width of a line, in characters */
    public RowTable(List<String> names, List<List<@Nullable Object>> rows, int width) {
        this.names = List.copyOf(names);
        this.rows = List.copyOf(rows);
        this.width = width;
        int shared = (width - INDENT.length()) / Math.max(1, names.size()) - GAP.length();
        this.widest = Math.max(WIDEST, shared);
    }

    /** A column as it is printed. */
    private record Printed(List<String> cells, int width, boolean toTheRight) {
        private String cell(int line) {
            String cell = cells.get(line);
            String space = " ".repeat(width - cell.codePointCount(0, cell.length()));
            return toTheRight ? space + cell : cell + space;
        }
    }

    public String text() {
        List<Printed> fitting = new ArrayList<>();
        int taken = INDENT.length();
        for (int place = 0; place < names.size(); place++) {
            Printed column = printed(place);
            taken += column.width() + (fitting.isEmpty() ? 0 : GAP.length());
            if (taken > width && !fitting.isEmpty()) {
                break;
            }
            fitting.add(column);
        }
        StringBuilder text = new StringBuilder();
        for (int line = 0; line <= rows.size(); line++) {
            int at = line;
            List<String> cells = fitting.stream().map(column -> column.cell(at)).toList();
            text.append((INDENT + String.join(GAP, cells)).stripTrailing()).append('\n');
        }
        if (fitting.size() < names.size()) {
            text.append(more(names.subList(fitting.size(), names.size())));
        }
        return text.toString();
    }

    private String more(List<String> names) {
        String line = INDENT + "and " + names.size() + (names.size() == 1 ? " column" : " columns") + " more: "
                + String.join(", ", names);
        return cut(line, width) + "\n";
    }

    private Printed printed(int place) {
        List<String> cells = new ArrayList<>();
        cells.add(cut(Cells.onOneLine(names.get(place)), widest));
        boolean numbers = true;
        for (List<@Nullable Object> row : rows) {
            Object value = row.get(place);
            cells.add(cut(Cells.shown(value), widest));
            numbers &= value == null || value instanceof Number;
        }
        int width = cells.stream()
                .mapToInt(cell -> cell.codePointCount(0, cell.length()))
                .max()
                .orElse(0);
        return new Printed(cells, width, numbers);
    }

    public static String cut(String text, int width) {
        return text.codePointCount(0, text.length()) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }
}

package dev.firn.plan;

import java.util.ArrayList;
import java.util.List;

/** Lines of text that fit a screen as long as single words do. */
public final class Page {

    public static final int COLUMNS = 100;

    private final StringBuilder text = new StringBuilder();

    /** A label with what it says, in parts between which a line may end. */
    record Labelled(String label, List<String> parts) {
        Labelled {
            parts = List.copyOf(parts);
        }

        static Labelled of(String label, String value) {
            return new Labelled(label, List.of(value));
        }
    }

    void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    /** Labels with their values in a column of their own. */
    void block(String indent, List<Labelled> rows) {
        int width = width(rows.stream().map(Labelled::label).toList());
        rows.forEach(row -> folded(indent + padded(row.label(), width) + "  ", row.parts()));
    }

    /** The parts behind a start, separated by commas; where they go on, they stand below the first. */
    void folded(String start, List<String> parts) {
        StringBuilder line = new StringBuilder(start);
        boolean atStart = true;
        for (int index = 0; index < parts.size(); index++) {
            String part = parts.get(index) + (index < parts.size() - 1 ? "," : "");
            if (!atStart && line.length() + 1 + part.length() > COLUMNS) {
                line(line.toString());
                line = new StringBuilder(" ".repeat(start.length()));
                atStart = true;
            }
            line.append(atStart ? "" : " ").append(part);
            atStart = false;
        }
        line(line.toString());
    }

    /** Rows of cells, each column as wide as its widest cell. */
    public static List<String> aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int cell = 0; cell < row.size(); cell++) {
                int column = cell;
                int width = width(rows.stream().map(other -> other.get(column)).toList());
                line.append(cell == 0 ? "" : "  ").append(padded(row.get(cell), width));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

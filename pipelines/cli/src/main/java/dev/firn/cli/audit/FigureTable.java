package dev.firn.cli.audit;

import dev.firn.cli.help.Paragraph;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Names on the left and figures under each other on the right, 100 columns wide where names are not too long, nor figures too many. */
public final class FigureTable<T> {

    private static final int FIGURE = 12;

    /** What is left to names, however many figures there are. */
    private static final int NAME = 22;

    /** One figure of each row; a dash where there is none. */
    public record Column<T>(String title, Function<T, OptionalLong> figure) {

        public static <T> Column<T> of(String title, ToLongFunction<T> figure) {
            return new Column<>(title, row -> OptionalLong.of(figure.applyAsLong(row)));
        }

        private String cell(T row) {
            OptionalLong value = figure.apply(row);
            return value.isPresent()
                    ? String.format(" %," + FIGURE + "d", value.getAsLong())
                    : String.format(" %" + FIGURE + "s", "-");
        }
    }

    private final String title;
    private final Function<T, String> name;
    private final List<Column<T>> columns;

    public FigureTable(String title, Function<T, String> name, List<Column<T>> columns) {
        this.title = title;
        this.name = name;
        this.columns = columns;
    }

    /** @param notes lines below a row */
    public String text(List<T> rows, Function<T, List<Note>> notes) {
        StringBuilder text = new StringBuilder();
        int first = Math.max(NAME, Paragraph.COLUMNS - columns.size() * (FIGURE + 1));
        text.append(String.format("  %-" + (first - 2) + "s", title));
        columns.forEach(column -> text.append(String.format(" %" + FIGURE + "s", column.title())));
        text.append('\n');
        for (T row : rows) {
            String label = "    " + name.apply(row);
            if (label.length() > first) {
                text.append(label).append('\n');
                label = "";
            }
            text.append(String.format("%-" + first + "s", label));
            columns.forEach(column -> text.append(column.cell(row)));
            text.append('\n');
            notes.apply(row).forEach(note -> text.append(note.text("      ")));
        }
        return text.append('\n').toString();
    }

    public String text(List<T> rows) {
        return text(rows, row -> List.of());
    }
}

package dev.firn.plan.settings;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.plan.Page;
import dev.firn.plan.settings.TableSettingsPage.Row;
import java.util.ArrayList;
import java.util.List;

/** The settings of a table for people, each with the line that says it. */
public final class TableSettingsText {

    private TableSettingsText() {}

    public static String write(TableSettingsPage page) {
        StringBuilder text = new StringBuilder("table " + page.table() + "\n\n");
        if (page.entries().isEmpty()) {
            text.append("  no entry of `tables:` selects it\n");
        } else {
            text.append("  entries of `tables:` that select it; a later one wins\n");
            Page.aligned(page.entries().stream().map(TableSettingsText::entry).toList())
                    .forEach(line -> text.append("    ").append(line).append('\n'));
        }
        text.append("\n  settings\n");
        lines(page.rows()).forEach(line -> text.append("    ").append(line).append('\n'));
        if (!page.unset().isEmpty()) {
            text.append("\n  not set: ").append(String.join(", ", page.unset())).append('\n');
        }
        return text.toString();
    }

    private static List<String> entry(Bound<TableOptions> entry) {
        return List.of(entry.options().table(), ShownNode.place(entry.span("table")));
    }

    private static List<String> lines(List<Row> rows) {
        List<String> lines = Page.aligned(rows.stream()
                .map(row -> List.of(row.name(), row.value(), place(row)))
                .toList());
        if (lines.stream().allMatch(line -> line.length() + 4 <= Page.COLUMNS)) {
            return lines;
        }
        // Long values get a line of their own.
        List<String> heads = Page.aligned(
                rows.stream().map(row -> List.of(row.name(), place(row))).toList());
        List<String> folded = new ArrayList<>();
        for (int index = 0; index < rows.size(); index++) {
            folded.add(heads.get(index));
            folded.add("  " + rows.get(index).value());
        }
        return folded;
    }

    private static String place(Row row) {
        return row.from().map(Setting::place).orElse("default");
    }
}

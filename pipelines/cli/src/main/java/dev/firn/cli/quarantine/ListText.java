package dev.firn.cli.quarantine;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.audit.Note;
import dev.firn.cli.preview.RowTable;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Quarantined records for people, a line each; 100 columns where names are not too long. */
public final class ListText {

    private static final String INDENT = "  ";
    private static final int WIDTH = 100;

    private ListText() {}

    /** @param file as the command line names the pipeline's */
    public static String write(Newest newest, String file) {
        List<QuarantinedRow> rows = newest.rows();
        if (rows.isEmpty()) {
            return newest.quarantine() + " has no such record of the pipeline.\n";
        }
        StringBuilder text = new StringBuilder(newest.quarantine() + ": " + Note.count(newest.seen(), "record"));
        text.append(newest.seen() > rows.size() ? String.format(", the newest %,d of them%n%n", rows.size()) : "\n\n");
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (QuarantinedRow row : rows) {
            cells.add(List.of(
                    AuditText.time(row.at()),
                    RecordPlace.of(row),
                    row.table().orElse("-"),
                    row.code() + (row.replayed().isPresent() ? ", put back" : "")));
        }
        List<String> lines = new RowTable(List.of("since, UTC", "record", "table", "code"), cells)
                .text()
                .lines()
                .toList();
        text.append(lines.get(0)).append('\n');
        String said = "";
        for (int at = 0; at < rows.size(); at++) {
            text.append(lines.get(at + 1)).append('\n');
            String message = rows.get(at).message();
            // Many say the same, one after the other.
            if (!message.equals(said)) {
                text.append(message(message)).append('\n');
                said = message;
            }
        }
        return text.append("\nlook at one with:  firn quarantine show ")
                .append(file)
                .append(' ')
                .append(RecordPlace.of(rows.get(0)))
                .append("\nput back what is mended:  firn replay ")
                .append(file)
                .append('\n')
                .toString();
    }

    private static String message(String message) {
        String indent = INDENT.repeat(3);
        return indent + RowTable.cut(dev.firn.cli.preview.Cells.onOneLine(message), WIDTH - indent.length());
    }
}

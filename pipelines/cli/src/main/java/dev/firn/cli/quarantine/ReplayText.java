package dev.firn.cli.quarantine;

import dev.firn.cli.audit.Note;
import dev.firn.cli.help.Paragraph;
import dev.firn.cli.preview.Cells;
import dev.firn.cli.preview.RowTable;
import dev.firn.flink.replay.Replayed;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantinedRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of quarantined records, for people; 100 columns where names are not too long. */
public final class ReplayText {

    private static final List<String> TITLES = List.of("table", "code", "put back", "refused again");

    private ReplayText() {}

    /** @param asked the command line behind the verb */
    public static String write(LakeNames names, Replayed replayed, String asked) {
        StringBuilder text = new StringBuilder(String.format(
                "%s: %s put back in %s, %,d refused again%n%n",
                names.quarantine(),
                Note.count(replayed.putBack(), "record"),
                Note.count(replayed.epochs(), "epoch"),
                replayed.refused()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        replayed.counts()
                .forEach((line, count) -> rows.add(List.of(
                        line.table().isEmpty() ? "-" : line.table(), line.code(), count.putBack(), count.refused())));
        text.append(new RowTable(TITLES, rows).text()).append('\n');
        for (QuarantinedRecord record : replayed.examples()) {
            String place =
                    "  " + record.record().split() + "@" + record.record().position() + "  ";
            text.append(Paragraph.wrapped(
                            record.code().word() + ": " + Cells.onOneLine(record.message()), place, " ".repeat(4)))
                    .append('\n');
        }
        if (replayed.refused() > 0) {
            text.append("\nlook at them with:  firn quarantine list ")
                    .append(asked)
                    .append('\n');
        } else {
            text.append("look at the sums with:  firn quarantine stats ")
                    .append(asked)
                    .append('\n');
        }
        return text.toString();
    }
}

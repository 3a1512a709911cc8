package dev.firn.cli.quarantine;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.audit.Note;
import dev.firn.cli.preview.RowTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A quarantine's counts for people; 100 columns where names are not too long. */
public final class StatsText {

    private static final List<String> TITLES = List.of("table", "code", "waiting", "put back", "newest, UTC");

    private StatsText() {}

    /** @param file as the command line names the pipeline's */
    public static String write(Waiting waiting, String file) {
        if (waiting.counts().isEmpty()) {
            return waiting.quarantine() + " has no such record of the pipeline.\n";
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        waiting.counts()
                .forEach((line, count) -> rows.add(List.of(
                        line.table().isEmpty() ? "-" : line.table(),
                        line.code() + (line.rule().isEmpty() ? "" : " " + line.rule()),
                        count.waiting(),
                        count.putBack(),
                        AuditText.time(count.last()))));
        String head = waiting.quarantine() + ": " + Note.count(waiting.waiting(), "record") + " "
                + (waiting.waiting() == 1 ? "waits" : "wait")
                + (waiting.putBack() == 0
                        ? ""
                        : String.format(
                                ", %,d %s put back", waiting.putBack(), waiting.putBack() == 1 ? "was" : "were"));
        return head + "\n\n" + new RowTable(TITLES, rows).text() + "\n" + encrypted(waiting) + next(waiting, file);
    }

    /** By the fingerprints of keys: a replay needs each of them. */
    private static String encrypted(Waiting waiting) {
        StringBuilder lines = new StringBuilder();
        waiting.encryptedWith().forEach((fingerprint, records) -> lines.append(Note.count(records, "record"))
                .append(records == 1 ? " that waits is" : " that wait are")
                .append(" encrypted with the key of fingerprint ")
                .append(fingerprint)
                .append('\n'));
        return lines.isEmpty() ? "" : lines + "\n";
    }

    private static String next(Waiting waiting, String file) {
        return waiting.counts().entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().waiting()))
                .filter(most -> most.getValue().waiting() > 0)
                .map(Map.Entry::getKey)
                .map(line -> "look at some with:  firn quarantine list " + selecting(line) + " " + file + "\n"
                        + "put back what is mended:  firn replay " + selecting(line) + " " + file + "\n")
                .orElse("");
    }

    private static String selecting(Waiting.Line line) {
        return line.rule().isEmpty() ? "--code " + line.code() : "--rule " + line.rule();
    }
}

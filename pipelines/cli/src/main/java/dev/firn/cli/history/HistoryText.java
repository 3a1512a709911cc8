package dev.firn.cli.history;

import dev.firn.cli.help.Paragraph;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.SchemaEvent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A history for people: what came together stands together, oldest first, in columns that line up. */
public final class HistoryText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** A column gets no wider than this; programs get all of it. */
    private static final int MOST_OF_A_PATH = 30;

    private static final int MOST_OF_A_REASON = 28;

    private HistoryText() {}

    /** A change in words, each a column. */
    private record Line(String kind, String path, String change, String decision, String why) {

        static Line of(SchemaDecision.Change change) {
            return new Line(
                    change.kind(),
                    change.path(),
                    words(change.before(), change.after()),
                    change.decision(),
                    change.why());
        }

        static Line of(SchemaEvent.Difference difference) {
            return new Line(
                    difference.kind(), difference.path(), words(difference.before(), difference.after()), "", "");
        }

        private static String words(Optional<String> before, Optional<String> after) {
            return before.isEmpty() && after.isEmpty() ? "" : (before.orElse("") + " -> " + after.orElse("")).strip();
        }
    }

    private record Group(String head, List<Line> lines) {

        static Group of(SchemaEvent event) {
            if (event instanceof SchemaEvent.ByOthers others) {
                return new Group(
                        others.by().map(TIME::format).orElse("at some time       ") + "  by somebody else"
                                + (others.by().isPresent() ? ", then or before" : ""),
                        others.differences().stream().map(Line::of).toList());
            }
            SchemaDecision decision = ((SchemaEvent.Decided) event).decision();
            return new Group(
                    head(decision), decision.changes().stream().map(Line::of).toList());
        }

        private static String head(SchemaDecision decision) {
            SchemaDecision.Writer writer = decision.writer();
            List<String> parts = new ArrayList<>();
            parts.add(TIME.format(decision.at()));
            writer.subject().ifPresent(subject -> parts.add((subject + " " + versions(writer)).strip()));
            writer.schemaId().ifPresent(id -> parts.add("schema id " + id));
            writer.first()
                    .ifPresent(first -> parts.add(
                            String.format("%s-%d @ %,d", first.stream(), first.partition(), first.position())));
            parts.add(decision.pipeline() + ", run " + decision.run());
            return String.join("  ", parts);
        }

        private static String versions(SchemaDecision.Writer writer) {
            OptionalInt to = writer.to();
            String from = writer.from().isPresent() ? writer.from().getAsInt() + " -> " : "";
            return to.isPresent() ? from + to.getAsInt() : "";
        }
    }

    /** @param file as the command line names the pipeline's */
    public static String write(TableName table, List<SchemaEvent> events, String file) {
        if (events.isEmpty()) {
            return table + " has the columns that it was made with.\n\n" + next(table, events, file);
        }
        List<Group> groups = events.stream().map(Group::of).toList();
        List<Line> lines =
                groups.stream().flatMap(group -> group.lines().stream()).toList();
        int kind = lines.stream().mapToInt(line -> line.kind().length()).max().orElse(0);
        int path = Math.min(
                MOST_OF_A_PATH,
                lines.stream().mapToInt(line -> line.path().length()).max().orElse(0));
        int decision =
                lines.stream().mapToInt(line -> line.decision().length()).max().orElse(0);
        int why = Math.min(
                MOST_OF_A_REASON,
                lines.stream().mapToInt(line -> line.why().length()).max().orElse(0));
        int change = Math.min(
                lines.stream().mapToInt(line -> line.change().length()).max().orElse(0),
                Paragraph.COLUMNS - 4 - kind - path - decision - why - 8);
        StringBuilder text = new StringBuilder(table + ", oldest first, times in UTC\n\n");
        for (Group group : groups) {
            text.append("  ").append(group.head()).append('\n');
            for (Line line : group.lines()) {
                String all = "    " + cell(line.kind(), kind) + cell(line.path(), path) + cell(line.change(), change)
                        + cell(line.decision(), decision) + cell(line.why(), why);
                text.append(all.stripTrailing()).append('\n');
            }
        }
        return text.append('\n').append(next(table, events, file)).toString();
    }

    private static String cell(String words, int width) {
        String cell = words.length() <= width ? words : words.substring(0, Math.max(0, width - 3)) + "...";
        return cell + " ".repeat(width - cell.length() + 2);
    }

    private static String next(TableName table, List<SchemaEvent> events, String file) {
        boolean refused = !events.isEmpty()
                && events.get(events.size() - 1) instanceof SchemaEvent.Decided last
                && last.decision().changes().stream().anyMatch(HistoryText::isRefused);
        return refused
                ? "Next:  firn help schema-change-refused    what becomes of the records, and how to mend it\n"
                : "Next:  firn plan --table " + table + " " + file + "\n";
    }

    private static boolean isRefused(SchemaDecision.Change change) {
        return change.decision().equals(Decision.QUARANTINE.word())
                || change.decision().equals(Decision.PAUSE_TABLE.word())
                || change.decision().equals(Decision.FAIL.word());
    }
}

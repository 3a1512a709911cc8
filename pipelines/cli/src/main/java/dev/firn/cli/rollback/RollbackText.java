package dev.firn.cli.rollback;

import dev.firn.cli.help.Paragraph;
import dev.firn.plan.Page;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.SchemaRollback;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A {@link SchemaRollback}, and what became of it, for people; 100 columns where names are not too long. */
public final class RollbackText {

    private static final int MOST_OF_A_TYPE = 40;
    private static final String INDENT = "    ";

    private RollbackText() {}

    /** What readers will see, before anything is done. */
    public static String plan(SchemaRollback plan) {
        StringBuilder text = new StringBuilder();
        text.append(plan.to().table()).append(": back to ").append(target(plan)).append('\n');
        section(
                text,
                "goes from SELECT *",
                plan.gone(),
                gone -> List.of(gone.path(), shortened(gone.type()), "since version " + gone.since()));
        section(text, "gets its name back", plan.renamed(), back -> List.of(back.path() + " -> " + back.to()));
        section(text, "stays as it is", plan.stays(), stays -> List.of(stays.path(), stays.why()));
        section(
                text,
                "is not undone",
                plan.withoutColumn(),
                path -> List.of(
                        path,
                        "has no column now; the next record of version "
                                + plan.to().version() + " brings a new one"));
        text.append('\n');
        if (!plan.newer().isEmpty()) {
            section(
                    text,
                    "with the next record",
                    plan.newer(),
                    newer -> List.of(
                            "version " + newer.name(),
                            "goes to quarantine, as all of its records do"
                                    + (newer.written()
                                            ? ""
                                            : newer.heldBack() ? "; so it does now" : "; none has come yet")));
            text.append(wrapped("a version that is registered later is judged as if "
                    + (plan.newer().size() == 1 ? "that one" : "these") + " had never been"));
        }
        if (!plan.gone().isEmpty()) {
            text.append(
                    wrapped(
                            "rows stay, and so do files: snapshots of before still show what goes, to whoever asks for"
                                    + " them; a column of the same name that comes later is another one, and empty for rows of before"));
        }
        return text.toString();
    }

    private static <T> void section(StringBuilder text, String title, List<T> lines, Function<T, List<String>> cells) {
        if (lines.isEmpty()) {
            return;
        }
        if (text.charAt(text.length() - 2) != '\n') {
            text.append('\n');
        }
        text.append("  ").append(title).append('\n');
        Page.aligned(lines.stream().map(cells).toList())
                .forEach(line -> text.append(Paragraph.wrapped(line, INDENT, INDENT + INDENT))
                        .append('\n'));
    }

    private static String wrapped(String sentence) {
        return Paragraph.wrapped(sentence, "  ", INDENT) + "\n";
    }

    private static String shortened(String type) {
        return type.length() <= MOST_OF_A_TYPE ? type : type.substring(0, MOST_OF_A_TYPE - 3) + "...";
    }

    /** {@code version 1 of orders-value}. */
    public static String target(SchemaRollback plan) {
        return "version " + plan.to().version() + " of " + plan.to().subject();
    }

    public static String done(SchemaRollback plan) {
        List<String> parts = new ArrayList<>();
        parts.add(count(plan.gone().size(), "column went", "columns went"));
        parts.add(count(plan.renamed().size(), "has its name back", "have their names back"));
        parts.add(count(plan.newer().size(), "version is held back", "versions are held back"));
        return plan.to().table() + " is back at " + target(plan) + ": " + String.join(", ", parts) + "\n";
    }

    private static String count(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** @param held the versions, in the lake's words */
    public static String undo(TableName table, List<String> held) {
        return table + " is held back from\n"
                + held.stream().map(version -> INDENT + version + "\n").collect(Collectors.joining())
                + wrapped(
                        "their next records change the table again, as `schema-evolution` says: columns that went come as new"
                                + " ones, empty for rows of before, and names change again");
    }

    public static String undone(TableName table, List<String> held) {
        return table + " goes on: " + count(held.size(), "version is", "versions are") + " not held back any more\n";
    }
}

package dev.firn.cli.outlook;

import dev.firn.cli.help.Paragraph;
import dev.firn.cli.outlook.TableOutlook.Fate;
import dev.firn.plan.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The answer for people: of each table what it comes to, below it the changes one a line. */
public final class OutlookText {

    private static final String NOTHING = "-";
    private static final int INDENT = 2;

    /** A struct may have hundreds of columns. */
    private static final int MOST_OF_A_SIDE = 30;

    private OutlookText() {}

    public static String write(SchemaOutlook outlook) {
        StringBuilder text = new StringBuilder(head(outlook)).append("\n\n");
        for (TableOutlook table : outlook.tables()) {
            text.append(Paragraph.wrapped(table.table() + ": " + verdict(table), "  "))
                    .append('\n');
            lines(table).forEach(line -> text.append("  ").append(line).append('\n'));
            if (!table.reason().isEmpty()) {
                text.append(Paragraph.wrapped(table.reason(), "  ", "  ")).append('\n');
            }
            text.append('\n');
        }
        compatibility(outlook)
                .ifPresent(line -> text.append(Paragraph.wrapped(line, "  ")).append('\n'));
        return text.append(summary(outlook))
                .append("\nnext: ")
                .append(next(outlook))
                .append('\n')
                .toString();
    }

    private static String head(SchemaOutlook outlook) {
        return outlook.registered().isPresent()
                ? outlook.schema() + " is version " + outlook.registered().getAsInt() + " of " + outlook.subject()
                        + " already"
                : outlook.schema() + " as version " + outlook.version() + " of " + outlook.subject();
    }

    private static String verdict(TableOutlook table) {
        return switch (table.fate()) {
            case CREATED_LATER -> "tables of other values are created with "
                    + table.columns().size() + " columns";
            case CREATED -> "is not there; created with " + table.columns().size() + " columns";
            case UNCHANGED -> "stays as it is, and takes every value";
            case CHANGED -> "takes every value";
            case LEAVES_OUT -> "takes rows without "
                    + table.leftOut().stream().map(path -> "`" + path + "`").collect(Collectors.joining(", "));
            case QUARANTINES -> "takes none of its records; they go to quarantine";
            case PAUSES -> "takes none of its records; they wait";
            case ENDS_THE_JOB -> "the first record ends the job";
        };
    }

    private static List<String> lines(TableOutlook table) {
        if (table.changes().isEmpty() && table.fate().compareTo(Fate.CREATED_LATER) <= 0) {
            return Page.aligned(table.columns().stream()
                    .map(column -> List.of(
                            column.name(), column.type().toString(), column.isOptional() ? "optional" : "required"))
                    .toList());
        }
        List<List<String>> cells =
                new ArrayList<>(table.changes().stream().map(OutlookText::cells).toList());
        boolean isWide = Page.aligned(cells).stream().anyMatch(line -> INDENT + line.length() > Page.COLUMNS);
        List<String> aligned = Page.aligned(
                isWide
                        ? cells.stream()
                                .map(row -> row.subList(0, row.size() - 1))
                                .toList()
                        : cells);
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < aligned.size(); index++) {
            ChangeLine change = table.changes().get(index);
            lines.add(aligned.get(index));
            if (isWide) {
                lines.add("  by " + change.by());
            }
            if (!change.why().isEmpty()) {
                lines.add("  " + Paragraph.wrapped(change.why(), "    "));
            }
        }
        return lines;
    }

    private static List<String> cells(ChangeLine change) {
        return List.of(change.kind(), place(change), sides(change), change.decision(), change.by());
    }

    private static String place(ChangeLine change) {
        return change.path().isEmpty() ? "." : change.path();
    }

    private static String sides(ChangeLine change) {
        return change.before().isEmpty() && change.after().isEmpty()
                ? NOTHING
                : side(change.before()) + " -> " + side(change.after());
    }

    private static String side(String text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        return text.length() <= MOST_OF_A_SIDE ? text : text.substring(0, MOST_OF_A_SIDE - 3) + "...";
    }

    private static Optional<String> compatibility(SchemaOutlook outlook) {
        return outlook.compatible()
                ? Optional.empty()
                : outlook.level()
                        .map(level -> "the registry would refuse it: its level for " + outlook.subject() + " is "
                                + level.word());
    }

    private static String summary(SchemaOutlook outlook) {
        List<String> parts = new ArrayList<>();
        count(parts, outlook, Fate::losesNothing, "takes every value", "take every value");
        count(parts, outlook, Fate.LEAVES_OUT::equals, "leaves some out", "leave some out");
        count(parts, outlook, Fate::refuses, "takes no record of it", "take no record of it");
        int tables = outlook.tables().size();
        return parts.size() == 1 && tables == 1
                ? parts.get(0).replaceFirst(" ", " table ")
                : tables + " tables: " + String.join(", ", parts);
    }

    private static void count(
            List<String> parts, SchemaOutlook outlook, Predicate<Fate> fate, String one, String several) {
        long count = outlook.tables().stream()
                .filter(table -> fate.test(table.fate()))
                .count();
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : several));
        }
    }

    private static String next(SchemaOutlook outlook) {
        if (!outlook.compatible() && outlook.level().isPresent()) {
            return "firn schema check --level " + outlook.level().get().word() + " " + outlook.schema() + " "
                    + outlook.stream();
        }
        return outlook.tables().stream()
                .filter(table -> !table.fate().losesNothing())
                .findFirst()
                .map(table -> "firn plan --table " + table.table() + " " + outlook.file())
                .orElse((outlook.registered().isPresent() ? "" : "register it, then ") + "firn plan " + outlook.file());
    }
}

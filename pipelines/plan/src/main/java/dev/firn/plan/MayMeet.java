package dev.firn.plan;

import dev.firn.definition.selector.TableTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which entries of {@code tables:} may select one table of a template together, whatever the values turn out to be that name the tables.
 * Of two names with {@code *} it can be said; of an expression nobody can say what it
 * selects, but for how its names begin, so it may meet any other.
 */
record MayMeet(List<TableEntry> entries, TableTemplate template) {

    /** No selector has it, so one that matches it there matches anything. */
    private static final String ANYTHING = "\u0001";

    /**
     * Entries that are asked together.
     *
     * @param both the one, or two, that may meet
     * @param selecting with those that select all that one of them selects, in the file's order
     */
    record Meeting(List<TableEntry> both, List<TableEntry> selecting) {

        boolean isOneExpression() {
            return both.get(0).equals(both.get(1)) && isExpression(both.get(0));
        }

        /** As messages have their tables. */
        String named() {
            return "a table that "
                    + both.stream()
                            .map(entry -> "`" + entry.selector() + "`")
                            .distinct()
                            .collect(Collectors.joining(" and "))
                    + " may select";
        }

        int expressions() {
            return Math.toIntExact(both.stream().filter(MayMeet::isExpression).count());
        }

        /** Of which nobody can say what it selects; of two the latter. */
        Optional<String> expression() {
            return both.stream()
                    .filter(MayMeet::isExpression)
                    .map(entry -> entry.selector().toString())
                    .reduce((before, last) -> last);
        }
    }

    /**
     * Each such entry, and each two. Entries that select one name are left out: with a name all that selects it is known. An entry that has
     * another within it is heard wherever that one is.
     */
    List<Meeting> together() {
        List<TableEntry> patterns = entries.stream()
                .filter(entry -> entry.selector().literal().isEmpty()
                        && entry.maySelect(template)
                        && entry.selector().mayBegin(beginning(template.text(), TableTemplate.VARIABLE)))
                .toList();
        List<List<TableEntry>> pairs = new ArrayList<>();
        for (int one = 0; one < patterns.size(); one++) {
            for (int other = one; other < patterns.size(); other++) {
                if (meet(patterns.get(one), patterns.get(other))) {
                    pairs.add(List.of(patterns.get(one), patterns.get(other)));
                }
            }
        }
        // What is certain comes first, and gives its name to what is said.
        pairs.sort(Comparator.comparingLong(
                both -> both.stream().filter(MayMeet::isExpression).count()));
        return pairs.stream()
                .map(both -> new Meeting(
                        both,
                        entries.stream()
                                .filter(entry -> both.contains(entry)
                                        || selectsAll(entry)
                                        || both.stream().anyMatch(one -> hasWithin(entry, one)))
                                .toList()))
                .toList();
    }

    private boolean selectsAll(TableEntry entry) {
        return !isExpression(entry) && entry.selector().matches(template.literal(ANYTHING));
    }

    /** Whether it is certain that an entry selects all that another selects. */
    private static boolean hasWithin(TableEntry entry, TableEntry other) {
        return (isExpression(entry) || isExpression(other))
                ? entry.selector().toString().equals(other.selector().toString())
                : entry.selector().matches(other.selector().toString().replace("*", ANYTHING));
    }

    private static boolean isExpression(TableEntry entry) {
        return entry.selector().toString().startsWith("/");
    }

    private static boolean meet(TableEntry one, TableEntry other) {
        if (isExpression(one)) {
            return isExpression(other)
                    || one.selector().mayBegin(beginning(other.selector().toString(), "*"));
        }
        return isExpression(other)
                ? meet(other, one)
                : meet(one.selector().toString(), other.selector().toString());
    }

    private static String beginning(String text, String variable) {
        int end = text.indexOf(variable);
        return end < 0 ? text : text.substring(0, end);
    }

    /** Whether there is a name that both select. */
    static boolean meet(String one, String other) {
        boolean[][] meet = new boolean[one.length() + 1][other.length() + 1];
        for (int row = one.length(); row >= 0; row--) {
            for (int column = other.length(); column >= 0; column--) {
                boolean ofOne = row < one.length();
                boolean ofOther = column < other.length();
                if (ofOne && one.charAt(row) == '*') {
                    meet[row][column] = meet[row + 1][column] || (ofOther && meet[row][column + 1]);
                } else if (ofOther && other.charAt(column) == '*') {
                    meet[row][column] = meet[row][column + 1] || (ofOne && meet[row + 1][column]);
                } else if (ofOne && ofOther) {
                    meet[row][column] = one.charAt(row) == other.charAt(column) && meet[row + 1][column + 1];
                } else {
                    meet[row][column] = !ofOne && !ofOther;
                }
            }
        }
        return meet[0][0];
    }
}

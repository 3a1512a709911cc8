package dev.firn.definition.layout;

import java.util.List;

/**
 * What stands between values and says nothing to a machine.
 *
 * @param text a comment with its {@code #}; nothing for an empty line
 * @param column where it starts, 0-based, in characters
 */
record Remark(String text, int column) {

    /** Comments of several lines stand under one another; one that is further to the right stood behind a longer line. */
    private static final int FARTHEST = 90;

    static final Remark EMPTY_LINE = new Remark("", 0);

    boolean isComment() {
        return !text.isEmpty();
    }

    /** A line with this behind it: in the column that its author gave it, unless that is taken, or far away. */
    String behind(String line) {
        int width = Characters.width(line);
        boolean stays = column > width && (column <= FARTHEST || column - width <= 2);
        return line + " ".repeat(stays ? column - width : 2) + text;
    }

    static boolean startsWithEmptyLine(List<Remark> remarks) {
        return !remarks.isEmpty() && !remarks.get(0).isComment();
    }

    static List<Remark> withoutEmptyStart(List<Remark> remarks) {
        return startsWithEmptyLine(remarks) ? remarks.subList(1, remarks.size()) : remarks;
    }

    static boolean anyComment(List<Remark> remarks) {
        return remarks.stream().anyMatch(Remark::isComment);
    }
}

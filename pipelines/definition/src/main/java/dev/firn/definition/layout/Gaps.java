package dev.firn.definition.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the remarks in what the parser leaves out: between two values there is nothing but blanks, indicators and comments,
 * so a {@code #} there starts a comment.
 */
final class Gaps {

    /**
     * The remarks of one gap.
     *
     * @param beside a comment on the line where the gap starts; at most one
     * @param below what stands on lines of its own
     */
    record Gap(List<Remark> beside, List<Remark> below) {}

    private final Characters text;
    private final List<String> comments = new ArrayList<>();
    private int position;

    Gaps(Characters text) {
        this.text = text;
    }

    /** Every comment so far, in the order of the file. */
    List<String> comments() {
        return comments;
    }

    /** Goes on behind a value. */
    void passTo(int index) {
        position = Math.max(position, index);
    }

    /** What stands between here and a value, which starts there. */
    Gap upTo(int index) {
        boolean inLine = position > 0 && text.at(position - 1) != '\n';
        List<Remark> beside = new ArrayList<>();
        List<Remark> below = new ArrayList<>();
        int breaks = inLine ? 0 : 1;
        while (position < index) {
            int character = text.at(position);
            if (character == '#') {
                (inLine ? beside : below).add(comment());
                breaks = 0;
                continue;
            }
            if (character == '\n') {
                inLine = false;
                breaks++;
                if (breaks == 2) {
                    below.add(Remark.EMPTY_LINE);
                }
            } else if (character == '%' && text.column(position) == 0) {
                passDirective();
                continue;
            } else if (!Characters.isBlank(character)) {
                breaks = 0;
            }
            position++;
        }
        return new Gap(beside, below);
    }

    /** What stands between here and the dash in front of a list's item, which starts there; the dash is passed. */
    Gap upToDash(int item) {
        int dash = position;
        while (dash < item && text.at(dash) != '-') {
            dash = text.at(dash) == '#' ? text.endOfLine(dash) : dash + 1;
        }
        Gap gap = upTo(dash);
        passTo(dash + 1);
        return gap;
    }

    /** The comment that ends the line of a value that has just ended. */
    List<Remark> behindValue(boolean inFlow) {
        int next = position;
        while (Characters.isBlank(text.at(next)) || (inFlow && text.at(next) == ',')) {
            next++;
        }
        if (text.at(next) != '#') {
            return List.of();
        }
        position = next;
        return List.of(comment());
    }

    /**
     * The remarks that still belong to a block of this column, which ends before an index: a comment further to the left is
     * somebody else's.
     */
    List<Remark> endOfBlock(int column, int index) {
        int begin = position;
        List<Remark> taken = new ArrayList<>();
        List<Remark> waiting = new ArrayList<>();
        int seen = comments.size();
        Gap gap = upTo(index);
        int end = begin;
        int next = begin;
        for (Remark remark : gap.below()) {
            waiting.add(remark);
            if (!remark.isComment()) {
                continue;
            }
            if (remark.column() < column) {
                break;
            }
            taken.addAll(waiting);
            waiting.clear();
            next = endOfComment(next);
            end = next;
            seen++;
        }
        while (comments.size() > seen) {
            comments.remove(comments.size() - 1);
        }
        position = end;
        return taken;
    }

    private int endOfComment(int from) {
        int next = from;
        while (text.at(next) != '#') {
            next++;
        }
        return text.endOfLine(next);
    }

    private Remark comment() {
        int end = text.endOfLine(position);
        String words = text.between(position, end).stripTrailing();
        Remark remark = new Remark(words, text.column(position));
        comments.add(words);
        position = end;
        return remark;
    }

    /** A directive may hold a {@code #} that starts no comment. */
    private void passDirective() {
        int end = text.endOfLine(position);
        while (position < end && !(text.at(position) == '#' && Characters.isBlank(text.at(position - 1)))) {
            position++;
        }
    }
}

package dev.firn.definition.yaml;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns the parser's marks, which are 0-based and may span lines, into spans on the line where something starts. */
final class SpanFinder {

    private final String file;
    private final List<String> lines;

    SpanFinder(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    SourceSpan between(Optional<Mark> start, Optional<Mark> end) {
        return start.map(from -> between(from, end.orElse(from))).orElse(SourceSpan.startOf(file));
    }

    private SourceSpan between(Mark start, Mark end) {
        int until = start.getLine() == end.getLine() ? end.getColumn() : endOfLine(start.getLine());
        return new SourceSpan(file, start.getLine() + 1, start.getColumn() + 1, Math.max(1, until - start.getColumn()));
    }

    SourceSpan at(Optional<Mark> mark) {
        return between(mark, mark);
    }

    /** From where one thing starts to where another ends, if that is on the same line. */
    SourceSpan over(SourceSpan first, SourceSpan last) {
        return first.line() == last.line()
                ? new SourceSpan(file, first.line(), first.column(), last.column() + last.length() - first.column())
                : first;
    }

    SourceSpan atCharacter(String text, int index) {
        String before =
                text.substring(0, text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length()))));
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = (int) before.chars().filter(character -> character == '\n').count();
        return new SourceSpan(file, line + 1, before.codePointCount(lineStart, before.length()) + 1, 1);
    }

    String line(SourceSpan span) {
        return line(span.line());
    }

    /** Counted from 1; empty behind the last. */
    String line(int number) {
        return number <= lines.size() ? lines.get(number - 1) : "";
    }

    private int endOfLine(int line) {
        String text = line < lines.size() ? lines.get(line).stripTrailing() : "";
        return text.codePointCount(0, text.length());
    }
}

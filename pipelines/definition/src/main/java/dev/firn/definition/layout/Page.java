package dev.firn.definition.layout;

import java.util.ArrayList;
import java.util.List;

/** The lines that were printed so far. */
final class Page {

    private final List<String> lines = new ArrayList<>();
    private boolean kept;

    void line(String line) {
        lines.add(line);
        kept = false;
    }

    /** The empty lines at its end are part of the text that was printed last. */
    void keepAsItEnds() {
        kept = true;
    }

    /** Remarks on lines of their own; of several empty lines one. */
    void remarks(List<Remark> remarks, int indentation) {
        for (Remark remark : remarks) {
            if (remark.isComment()) {
                line(" ".repeat(indentation) + remark.text());
            } else if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
                line("");
            }
        }
    }

    /** All lines, without an empty one at the end that says nothing. */
    List<String> lines() {
        if (!kept && !lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }
}

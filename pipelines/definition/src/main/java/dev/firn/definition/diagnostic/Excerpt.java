package dev.firn.definition.diagnostic;

import dev.firn.definition.reference.Masking;

/**
 * The part of a source line that fits a screen, and the carets below it.
 *
 * @param text the line with its secrets masked
 * @param carets as long as what they point at
 */
record Excerpt(String text, String carets) {

    private static final String CUT = "…";

    static Excerpt of(String line, SourceSpan span, int width) {
        int[] points = Masking.line(line)
                .replace('\t', ' ')
                .stripTrailing()
                .codePoints()
                .toArray();
        int start = span.column() - 1;
        int from = start + span.length() <= width ? 0 : Math.max(0, Math.min(start - width / 4, points.length - width));
        int until = Math.min(points.length, from + width);
        String text = (from > 0 ? CUT : "")
                + new String(points, from, until - from).substring(from > 0 ? CUT.length() : 0)
                + (until < points.length ? CUT : "");
        int carets = Math.max(1, Math.min(span.length(), Math.max(until, start + 1) - start));
        return new Excerpt(text, " ".repeat(start - from) + "^".repeat(carets));
    }
}

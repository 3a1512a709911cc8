package dev.firn.definition.diagnostic;

/**
 * A place in a file: where a node starts and how long it is on that line.
 *
 * @param file the file as the user named it
 * @param line 1-based
 * @param column 1-based, in characters
 * @param length in characters on that line, at least 1
 */
public record SourceSpan(String file, int line, int column, int length) implements Comparable<SourceSpan> {

    public SourceSpan {
        if (line < 1 || column < 1 || length < 1) {
            throw new IllegalStateException("a span is 1-based: " + line + ":" + column + "+" + length);
        }
    }

    /** The first character of a file, for what concerns the file as a whole. */
    public static SourceSpan startOf(String file) {
        return new SourceSpan(file, 1, 1, 1);
    }

    @Override
    public int compareTo(SourceSpan other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}

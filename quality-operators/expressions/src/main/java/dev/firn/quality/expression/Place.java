package dev.firn.quality.expression;

/**
 * A place in an expression's text.
 *
 * @param line 1-based
 * @param column 1-based, in characters
 * @param length in characters on that line, at least 1
 */
public record Place(int line, int column, int length) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}

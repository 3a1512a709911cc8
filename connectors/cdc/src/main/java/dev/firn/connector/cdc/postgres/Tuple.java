package dev.firn.connector.cdc.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A row as texts, one for each column, in UTF-8. A text may be null, or not sent: a Postgres does not send again what it stores apart from its
 * row and has not changed.
 *
 * <p>The bytes are shared and not to be written to.
 */
public final class Tuple {

    private static final byte[] UNSENT = new byte[0];

    private final byte[] @Nullable [] texts;

    /** @param texts null for a null; kept, not copied */
    Tuple(byte[] @Nullable [] texts) {
        this.texts = texts;
    }

    /** The mark of a text that was not sent, known by its identity. */
    static byte[] unsent() {
        return UNSENT;
    }

    public int size() {
        return texts.length;
    }

    public boolean isNull(int column) {
        return texts[column] == null;
    }

    public boolean isUnsent(int column) {
        return texts[column] == UNSENT;
    }

    /**
     * The text, or null.
     *
     * @throws IllegalStateException if it was not sent
     */
    public byte @Nullable [] bytes(int column) {
        if (isUnsent(column)) {
            throw new IllegalStateException(
                    "our bug: column " + column + " was not sent, and somebody asks for its text");
        }
        return texts[column];
    }

    /** As {@link #bytes} has it. */
    public @Nullable String text(int column) {
        byte[] bytes = bytes(column);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The texts of some columns, all of them there. */
    public List<String> texts(List<Integer> columns) {
        return columns.stream()
                .map(column -> {
                    String text = text(column);
                    if (text == null) {
                        throw new IllegalStateException("our bug: a key has a null in column " + column);
                    }
                    return text;
                })
                .toList();
    }

    /** The same with what was not sent taken from the row of before, where that has it. */
    Tuple filledFrom(Tuple before) {
        if (before.size() != size() || IntStream.range(0, size()).noneMatch(this::isUnsent)) {
            return this;
        }
        byte[][] filled = texts.clone();
        for (int column = 0; column < filled.length; column++) {
            // An old row that is a key alone has nulls for the rest, and nothing that is null was stored apart.
            if (filled[column] == UNSENT && before.texts[column] != null) {
                filled[column] = before.texts[column];
            }
        }
        return new Tuple(filled);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple tuple
                && Arrays.deepEquals(texts, tuple.texts)
                && IntStream.range(0, size()).allMatch(column -> isUnsent(column) == tuple.isUnsent(column));
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(texts);
    }

    /** For people. */
    @Override
    public String toString() {
        return IntStream.range(0, size())
                .mapToObj(column -> isUnsent(column) ? "(not sent)" : String.valueOf(text(column)))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}

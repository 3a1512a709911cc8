package dev.firn.spi.schema;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of the order that a table's rows have in their files, as the file writes it: {@code placed_at},
 * {@code amount desc}. Nulls come first where values rise and last where they fall, as Iceberg has it unless told.
 */
public record SortField(String column, Direction direction) implements Serializable {

    /** Which way values go. */
    public enum Direction {
        RISING,
        FALLING
    }

    private static final Pattern FIELD = Pattern.compile("([^,()\\s]+)(\\s+desc)?");

    /** Reads one field; empty if it is none. */
    public static Optional<SortField> parse(String text) {
        Matcher field = FIELD.matcher(text.trim());
        return field.matches()
                ? Optional.of(
                        new SortField(field.group(1), field.group(2) == null ? Direction.RISING : Direction.FALLING))
                : Optional.empty();
    }

    /** Whether rows can be sorted by a column of that type. */
    public static boolean takes(ColumnType type) {
        return !(type instanceof ColumnType.Struct
                || type instanceof ColumnType.ListOf
                || type instanceof ColumnType.MapOf);
    }

    @Override
    public String toString() {
        return direction == Direction.RISING ? column : column + " desc";
    }
}

package dev.firn.spi.schema;

import dev.firn.spi.schema.ColumnType.Primitive;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a table's partitioning, as the file writes it: {@code region}, {@code day(placed_at)},
 * {@code bucket(customer_id, 16)}.
 *
 * @param parameter the number of buckets or the width of a truncation; 0 where the kind has none
 */
public record PartitionTransform(Kind kind, String column, int parameter) implements Serializable {

    /** Iceberg's transforms. */
    public enum Kind {
        IDENTITY,
        YEAR,
        MONTH,
        DAY,
        HOUR,
        BUCKET,
        TRUNCATE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean hasParameter() {
            return this == BUCKET || this == TRUNCATE;
        }

        /** Whether a column of that type can be partitioned so. */
        public boolean takes(ColumnType type) {
            if (type instanceof ColumnType.Struct
                    || type instanceof ColumnType.ListOf
                    || type instanceof ColumnType.MapOf) {
                return false;
            }
            boolean instant = type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMPTZ;
            return switch (this) {
                case IDENTITY -> !(type instanceof ColumnType.Fixed);
                case YEAR, MONTH, DAY -> instant || type == Primitive.DATE;
                case HOUR -> instant;
                case BUCKET -> type != Primitive.BOOLEAN && type != Primitive.FLOAT && type != Primitive.DOUBLE;
                case TRUNCATE -> type == Primitive.INT
                        || type == Primitive.LONG
                        || type == Primitive.STRING
                        || type == Primitive.BINARY
                        || type instanceof ColumnType.Decimal;
            };
        }
    }

    private static final Pattern CALL = Pattern.compile("([a-z]+)\\(\\s*([^,()\\s]+)\\s*(?:,\\s*(\\d{1,9})\\s*)?\\)");
    private static final Pattern COLUMN = Pattern.compile("[^,()\\s]+");

    /** Reads one transform; empty if it is none, whatever the reason. */
    public static Optional<PartitionTransform> parse(String text) {
        String trimmed = text.trim();
        if (COLUMN.matcher(trimmed).matches()) {
            return Optional.of(new PartitionTransform(Kind.IDENTITY, trimmed, 0));
        }
        Matcher call = CALL.matcher(trimmed);
        if (!call.matches()) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(call.group(1))) {
                int parameter = call.group(3) == null ? 0 : Integer.parseInt(call.group(3));
                boolean fits = kind.hasParameter() == (parameter > 0) && kind != Kind.IDENTITY;
                return fits ? Optional.of(new PartitionTransform(kind, call.group(2), parameter)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        if (kind == Kind.IDENTITY) {
            return column;
        }
        return kind.word() + "(" + column + (kind.hasParameter() ? ", " + parameter : "") + ")";
    }
}

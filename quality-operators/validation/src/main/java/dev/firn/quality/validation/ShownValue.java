package dev.firn.quality.validation;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value as a message has it. */
final class ShownValue {

    private static final int LONGEST = 60;

    private ShownValue() {}

    /** {@code amount = -5.00}; empty for what is not one value. */
    static Optional<String> of(Column column, @Nullable Object value) {
        ColumnType type = column.type();
        boolean isOne = type instanceof ColumnType.Decimal || (type instanceof Primitive && type != Primitive.BINARY);
        return isOne ? Optional.of(column.name() + " = " + text(value)) : Optional.empty();
    }

    private static String text(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return String.valueOf(value);
        }
        int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
        return "'" + text.substring(0, end) + (end < text.length() ? "..." : "") + "'";
    }
}

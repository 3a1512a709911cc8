package dev.firn.schema.avro;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Into which other types a column takes a writer's values: those that Avro promotes to and that lose nothing, and a
 * decimal of more digits at the same scale. Avro also promotes long to double and int or long to float, which rounds.
 */
final class Widening {

    private Widening() {}

    /** The reader with its values made wider; empty if the column can't take them. */
    static Optional<ValueReader> of(ValueReader reader, ColumnType from, ColumnType to) {
        if (from.equals(to)) {
            return Optional.of(reader);
        }
        if (from == Primitive.INT && to == Primitive.LONG) {
            return Optional.of(payload -> number(reader.read(payload)).longValue());
        }
        if ((from == Primitive.INT || from == Primitive.FLOAT) && to == Primitive.DOUBLE) {
            return Optional.of(payload -> number(reader.read(payload)).doubleValue());
        }
        boolean moreDigits = from instanceof ColumnType.Decimal narrow
                && to instanceof ColumnType.Decimal wide
                && narrow.scale() == wide.scale()
                && narrow.precision() < wide.precision();
        return moreDigits ? Optional.of(reader) : Optional.empty();
    }

    private static Number number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalStateException("our bug: a reader of numbers made " + value);
    }
}

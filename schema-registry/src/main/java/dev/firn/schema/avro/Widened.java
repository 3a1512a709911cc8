package dev.firn.schema.avro;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Widening;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Readers whose values are made as wide as their column. */
final class Widened {

    private Widened() {}

    /** The reader with its values made wider; empty if the column can't take them without loss. */
    static Optional<ValueReader> of(ValueReader reader, ColumnType from, ColumnType to) {
        if (!Widening.isLossless(from, to)) {
            return Optional.empty();
        }
        if (from != to && to == Primitive.LONG) {
            return Optional.of(payload -> number(reader.read(payload)).longValue());
        }
        if (from != to && to == Primitive.DOUBLE) {
            return Optional.of(payload -> number(reader.read(payload)).doubleValue());
        }
        return Optional.of(reader);
    }

    private static Number number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalStateException("our bug: a reader of numbers made " + value);
    }
}

package dev.firn.spi.notation;

import dev.firn.spi.schema.Nullability;
import java.util.OptionalInt;

/**
 * What stands in a place: of a field, an item of a list, a key or a value of a map.
 *
 * @param id of the place, as Iceberg counts them
 */
public record Value(Shape shape, Nullability nullability, OptionalInt id) {

    public static Value required(Shape shape) {
        return new Value(shape, Nullability.REQUIRED, OptionalInt.empty());
    }

    public static Value optional(Shape shape) {
        return new Value(shape, Nullability.OPTIONAL, OptionalInt.empty());
    }

    public static Value of(Shape shape, Nullability nullability) {
        return new Value(shape, nullability, OptionalInt.empty());
    }

    public boolean isOptional() {
        return nullability == Nullability.OPTIONAL;
    }

    public Value withShape(Shape other) {
        return new Value(other, nullability, id);
    }

    public Value withId(int known) {
        return new Value(shape, nullability, OptionalInt.of(known));
    }
}

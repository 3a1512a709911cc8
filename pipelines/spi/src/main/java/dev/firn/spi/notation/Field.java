package dev.firn.spi.notation;

import dev.firn.spi.schema.Nullability;
import java.util.Optional;

/** A named place in a record. */
public record Field(String name, Value value, Remarks remarks) {

    public static Field required(String name, Shape shape) {
        return new Field(name, Value.required(shape), Remarks.NONE);
    }

    /** Null where nothing is said, as in a table. */
    public static Field optional(String name, Shape shape) {
        return new Field(name, Value.optional(shape), Remarks.NULL_UNLESS_SAID);
    }

    /** A column of a table, where an optional one is null unless it is said. */
    public static Field column(String name, Value value, Optional<String> doc) {
        Remarks remarks = value.nullability() == Nullability.OPTIONAL ? Remarks.NULL_UNLESS_SAID : Remarks.NONE;
        return new Field(name, value, remarks.withDoc(doc));
    }

    public Shape shape() {
        return value.shape();
    }

    public boolean isOptional() {
        return value.isOptional();
    }

    public Field withShape(Shape other) {
        return new Field(name, value.withShape(other), remarks);
    }
}

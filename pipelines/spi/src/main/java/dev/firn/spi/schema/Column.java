package dev.firn.spi.schema;

import java.io.Serializable;

/** A named, typed place in a table or a struct. */
public record Column(String name, ColumnType type, Nullability nullability) implements Serializable {

    public static Column required(String name, ColumnType type) {
        return new Column(name, type, Nullability.REQUIRED);
    }

    public static Column optional(String name, ColumnType type) {
        return new Column(name, type, Nullability.OPTIONAL);
    }

    public boolean isOptional() {
        return nullability == Nullability.OPTIONAL;
    }
}

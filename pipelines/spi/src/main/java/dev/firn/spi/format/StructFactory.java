package dev.firn.spi.format;

import dev.firn.spi.schema.ColumnType;
import org.jspecify.annotations.Nullable;

/** How a sink wants its rows and structs: decoders fill the values, the sink's own class carries them. */
@FunctionalInterface
public interface StructFactory {

    /** Asked once per struct type when a decoder is built, never per record. */
    Maker maker(ColumnType.Struct type);

    /**
     * Reads a struct that it has made.
     *
     * @param index of the field in the order of the struct's columns, from 0
     */
    default @Nullable Object field(Object struct, int index) {
        throw new IllegalStateException("our bug: structs are made that nobody can read");
    }

    /** The same, but for whole rows, which are left as the array of their columns' values, for somebody to make them later. */
    default StructFactory leaving(ColumnType.Struct row) {
        StructFactory others = this;
        return new StructFactory() {
            @Override
            public Maker maker(ColumnType.Struct type) {
                return type.equals(row) ? values -> values : others.maker(type);
            }

            @Override
            public @Nullable Object field(Object struct, int index) {
                return others.field(struct, index);
            }
        };
    }

    /** Wraps the values of one struct, in the order of its columns; it may keep the array. */
    @FunctionalInterface
    interface Maker {
        Object struct(@Nullable Object[] values);
    }
}

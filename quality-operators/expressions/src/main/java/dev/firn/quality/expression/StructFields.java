package dev.firn.quality.expression;

import org.jspecify.annotations.Nullable;

/** How a sink's structs are read, which are whatever its {@link dev.firn.spi.format.StructFactory} makes. */
@FunctionalInterface
public interface StructFields {

    /** @param index of the field in the order of the struct's columns, from 0 */
    @Nullable
    Object field(Object struct, int index);
}

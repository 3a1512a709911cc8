package dev.firn.schema.avro;

import dev.firn.spi.format.Rejected;
import org.jspecify.annotations.Nullable;

/** Reads one value of one place of a schema. */
@FunctionalInterface
interface ValueReader {

    /** The value as {@link dev.firn.spi.schema.ColumnType} describes it; null only from a place that is optional. */
    @Nullable
    Object read(Payload payload) throws Rejected;
}

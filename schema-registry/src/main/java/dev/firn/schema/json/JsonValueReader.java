package dev.firn.schema.json;

import dev.firn.spi.format.Rejected;
import org.jspecify.annotations.Nullable;

/** Reads one value of one place of a schema. */
@FunctionalInterface
interface JsonValueReader {

    /**
     * The value as {@link dev.firn.spi.schema.ColumnType} describes it; null only from a place that is optional. Its first token
     * stands when it is called, and its last when it returns.
     */
    @Nullable
    Object read(JsonInput input) throws Rejected;
}

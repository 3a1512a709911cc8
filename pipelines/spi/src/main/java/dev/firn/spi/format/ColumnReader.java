package dev.firn.spi.format;

import dev.firn.spi.record.RawRecord;
import org.jspecify.annotations.Nullable;

/** Reads one column at the top of records, of one writer schema, without a table; not thread-safe. */
@FunctionalInterface
public interface ColumnReader {

    /** The value, of the Java type that {@link dev.firn.spi.schema.ColumnType} names; null where the record has none. */
    @Nullable
    Object read(RawRecord record) throws Rejected;
}

package dev.firn.spi.format;

import dev.firn.spi.record.RawRecord;

/** Turns the values of one writer schema into rows of one table; not thread-safe. */
public interface RowDecoder {

    /** The row, made by the {@link StructFactory} that the decoder was opened with. */
    Object decode(RawRecord record) throws Rejected;
}

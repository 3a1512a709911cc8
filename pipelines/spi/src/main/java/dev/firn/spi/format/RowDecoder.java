package dev.firn.spi.format;

import dev.firn.spi.record.RawRecord;

/** Turns the values of one writer schema into rows of one table; not thread-safe. */
public interface RowDecoder {

    /**
     * The row, made by the {@link StructFactory} that the decoder was opened with; a {@link LeftOut} where the file does not want one.
     *
     * @throws RowForbidden if the file does not want the job to go on behind such a record
     */
    Object decode(RawRecord record) throws Rejected;
}

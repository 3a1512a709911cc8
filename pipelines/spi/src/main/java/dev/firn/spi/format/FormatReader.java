package dev.firn.spi.format;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;

/** An opened format: knows the schema of a record and makes decoders; one per subtask, not thread-safe. */
public interface FormatReader extends AutoCloseable {

    /** The reader of one stream's records; streams whose records are read alike have the same one. It is closed with this one. */
    default FormatReader stream(String name) {
        return this;
    }

    /** The id of the schema that the value was written with; records of one id can share a decoder. */
    int schemaId(RawRecord record) throws Rejected;

    /**
     * A decoder from one writer schema into a table.
     *
     * @throws Rejected if no record of that schema can go to that table: it is unknown, or does not fit
     */
    RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected;

    /**
     * A reader of one column of the records of a writer schema, which finds nothing where the schema has no such column.
     *
     * @throws Rejected if no record of that schema can be read
     */
    ColumnReader column(int schemaId, String column) throws Rejected;

    /**
     * A decoder of some of a table's columns, which goes past the rest of a record without looking at it; a column that the
     * writer lacks is null.
     *
     * @throws Rejected if the writer schema is unknown, or one of the columns can't take what it has
     */
    RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected;

    @Override
    void close();
}

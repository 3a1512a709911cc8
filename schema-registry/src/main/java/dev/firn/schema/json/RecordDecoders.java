package dev.firn.schema.json;

import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.TableSchema;

/** Makes what decodes the records of one schema. */
interface RecordDecoders {

    /** The whole of a record, into a table. */
    RowDecoder decoder(TableSchema table, StructFactory structs) throws Rejected;

    /** The whole of a record, but for what is left out, into a table that is named as the writer names it. */
    RowDecoder decoder(WriterView view, StructFactory structs) throws Rejected;

    RowDecoder projection(WriterView some, StructFactory structs) throws Rejected;

    /** Some columns; whether the rest is sound is for the decoder of the whole to say. */
    RowDecoder projection(TableSchema columns, StructFactory structs) throws Rejected;

    ColumnReader column(String name) throws Rejected;

    /** The schema as columns. */
    WriterSchema asWritten() throws Rejected;
}

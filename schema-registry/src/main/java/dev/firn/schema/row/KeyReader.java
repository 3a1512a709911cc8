package dev.firn.schema.row;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key of a record alone, whatever its value is. A key with more in it than is asked for is refused: it is not about the
 * same rows.
 *
 * @param key empty where nobody knows what keys of the stream are made of
 */
record KeyReader(Optional<SideColumns> key) implements FormatReader {

    /** A key that has a schema names it, so one decoder is for all. */
    @Override
    public int schemaId(RawRecord record) {
        return RawRecord.NO_SCHEMA_ID;
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        SideColumns fields = key.orElseThrow(() ->
                new Rejected(RejectCode.SCHEMA_UNAVAILABLE, "nobody knows what the keys of the stream are made of"));
        SideColumns.Filler filler = fields.filler(places(columns, fields), SideColumns.Wanted.ALL, structs);
        StructFactory.Maker maker = structs.maker(columns.asStruct());
        int width = columns.columns().size();
        return record -> {
            @Nullable Object[] values = new Object[width];
            filler.fill(record, values);
            return maker.struct(values);
        };
    }

    /** A key without a value is for whoever asks to refuse. */
    private static List<SideColumns.Place> places(TableSchema columns, SideColumns fields) {
        List<SideColumns.Place> places = new ArrayList<>();
        for (int position = 0; position < columns.columns().size(); position++) {
            Column column = columns.columns().get(position);
            if (columns.columns().size() == 1 && fields.columns().size() == 1) {
                // A key that is a single value has no name of its own.
                String name = fields.columns().get(0).name();
                places.add(new SideColumns.Place(Column.optional(name, column.type()), position));
            } else if (fields.has(column.name())) {
                places.add(new SideColumns.Place(Column.optional(column.name(), column.type()), position));
            }
        }
        return places;
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) {
        throw ofRows();
    }

    @Override
    public ColumnReader column(int schemaId, String column) {
        throw ofRows();
    }

    private static IllegalStateException ofRows() {
        return new IllegalStateException("our bug: a key is read as a row");
    }

    @Override
    public void close() {
        // Whoever opened it closes all.
    }
}

package dev.firn.it.testing;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A format without bytes: a record's position is its row's number, and columns behind the first stay empty. */
final class Numbers implements FormatReader {

    static final TableSchema COLUMNS = new TableSchema(List.of(Column.required("n", ColumnType.Primitive.LONG)));
    static final Split SPLIT = new Split("kafka", "orders", 0, "incarnation-1");
    static final int SCHEMA_ID = 1;

    static List<RawRecord> records(long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(number -> new RawRecord(SPLIT, number, 0, null, null, List.of()))
                .toList();
    }

    @Override
    public int schemaId(RawRecord record) {
        return SCHEMA_ID;
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) {
        int width = table.columns().size();
        return record -> {
            @Nullable Object[] values = new @Nullable Object[width];
            values[0] = record.position();
            return structs.maker(table.asStruct()).struct(values);
        };
    }

    @Override
    public ColumnReader column(int schemaId, String column) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
        return decoder(schemaId, columns, structs);
    }

    @Override
    public void close() {}
}

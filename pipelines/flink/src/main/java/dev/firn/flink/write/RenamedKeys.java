package dev.firn.flink.write;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of records for a table that calls columns otherwise. */
record RenamedKeys(FormatReader keys, List<RowShape.Renamed> rename) implements FormatReader {

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return keys.schemaId(record);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        TableSchema named =
                new TableSchema(columns.columns().stream().map(this::ofRecord).toList());
        RowDecoder decoder = keys.projection(schemaId, named, structs.leaving(named.asStruct()));
        StructFactory.Maker maker = structs.maker(columns.asStruct());
        return record -> maker.struct((@Nullable Object[]) decoder.decode(record));
    }

    private Column ofRecord(Column column) {
        return rename.stream()
                .filter(renamed -> renamed.to().equals(column.name()))
                .findFirst()
                .map(renamed -> new Column(renamed.from(), column.type(), column.nullability()))
                .orElse(column);
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
        // Nothing of its own is open.
    }
}

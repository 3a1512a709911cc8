package dev.firn.schema.metadata;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads values as another reader does, and lays what a record came with beside them. */
final class MetadataReader implements FormatReader {

    private static final StructFactory PLAIN = struct -> values -> values;

    private final FormatReader values;
    private final List<MetadataColumn> columns;
    private final Map<FormatReader, FormatReader> streams = new HashMap<>();

    MetadataReader(FormatReader values, List<MetadataColumn> columns) {
        this.values = values;
        this.columns = columns;
    }

    @Override
    public FormatReader stream(String name) {
        FormatReader stream = values.stream(name);
        return stream == values
                ? this
                : streams.computeIfAbsent(stream, missing -> new MetadataReader(stream, columns));
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return values.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        Layout layout = Layout.of(table, columns, structs);
        layout.requireAll(columns);
        return layout.around(values.decoder(schemaId, layout.values(), layout.structs()));
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema some, StructFactory structs) throws Rejected {
        Layout layout = Layout.of(some, columns, structs);
        return layout.around(values.projection(schemaId, layout.values(), layout.structs()));
    }

    @Override
    public ColumnReader column(int schemaId, String name) throws Rejected {
        Optional<MetadataColumn> own =
                columns.stream().filter(column -> column.name().equals(name)).findFirst();
        return own.isPresent() ? own.get().field().reader(PLAIN) : values.column(schemaId, name);
    }

    @Override
    public void close() {
        values.close();
    }
}

package dev.firn.flink.write;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the column that a route goes by, and finds the table of its value. */
final class ValueRouter {

    /** Streams with one schema may be read each in its own way. */
    private record Key(FormatReader format, int schemaId, String column) {}

    private final ValueTables tables;
    private final Map<Key, ColumnReader> readers = new HashMap<>();

    ValueRouter(ValueTables tables) {
        this.tables = tables;
    }

    /** The table of a record, which is there when this returns. */
    TableName table(ValueRoute route, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        Key key = new Key(format, schemaId, route.column());
        ColumnReader reader = readers.get(key);
        if (reader == null) {
            reader = format.column(schemaId, route.column());
            readers.put(key, reader);
        }
        @Nullable Object value = reader.read(record);
        return tables.table(route, value);
    }
}

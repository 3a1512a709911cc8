package dev.firn.schema.metadata;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table are of the value and which of metadata.
 *
 * <pre>
 *   table    id | _offset | name | _topic
 *   value    id |           name             places 0, 2
 *   metadata      _offset |        _topic    places 1, 3
 * </pre>
 */
final class Layout {

    private final TableSchema table;
    private final TableSchema values;
    private final StructFactory structs;
    private final int[] valuePlaces;
    private final Map<Integer, ColumnReader> metadata;

    private Layout(
            TableSchema table,
            TableSchema values,
            StructFactory structs,
            int[] valuePlaces,
            Map<Integer, ColumnReader> metadata) {
        this.table = table;
        this.values = values;
        this.structs = structs;
        this.valuePlaces = valuePlaces;
        this.metadata = metadata;
    }

    /** @throws Rejected if the table has a column of metadata that can't take it */
    static Layout of(TableSchema table, List<MetadataColumn> metadata, StructFactory structs) throws Rejected {
        Map<String, MetadataField> fields =
                metadata.stream().collect(Collectors.toMap(MetadataColumn::name, MetadataColumn::field));
        List<Column> values = new ArrayList<>();
        List<Integer> valuePlaces = new ArrayList<>();
        Map<Integer, ColumnReader> readers = new TreeMap<>();
        for (int place = 0; place < table.columns().size(); place++) {
            Column column = table.columns().get(place);
            MetadataField field = fields.get(column.name());
            if (field == null) {
                values.add(column);
                valuePlaces.add(place);
            } else {
                readers.put(place, reader(field, column, structs));
            }
        }
        int[] places = valuePlaces.stream().mapToInt(Integer::intValue).toArray();
        return new Layout(table, new TableSchema(values), structs, places, readers);
    }

    private static ColumnReader reader(MetadataField field, Column column, StructFactory structs) throws Rejected {
        ColumnReader reader = field.reader(structs);
        if (field.type() == Primitive.INT && column.type() == Primitive.LONG) {
            return record -> reader.read(record) instanceof Integer number ? (Object) number.longValue() : null;
        }
        if (!field.type().equals(column.type())) {
            throw new Rejected(
                    RejectCode.SCHEMA_NOT_IN_TABLE,
                    "`" + column.name() + "` is " + field.type() + ", and the table's column is " + column.type());
        }
        if (column.isOptional() || !field.column(column.name()).isOptional()) {
            return reader;
        }
        return record -> {
            Object value = reader.read(record);
            if (value == null) {
                throw new Rejected(
                        RejectCode.MISSING_REQUIRED_COLUMN,
                        "`" + column.name() + "` is null, and the table requires it");
            }
            return value;
        };
    }

    /** @throws Rejected if the table lacks one of them, so that nothing is dropped in silence */
    void requireAll(List<MetadataColumn> columns) throws Rejected {
        List<String> missing = columns.stream()
                .filter(column -> table.column(column.name()).isEmpty())
                .map(column -> "`" + column.name() + "` (" + column.field().type() + ")")
                .toList();
        if (!missing.isEmpty()) {
            throw new Rejected(
                    RejectCode.SCHEMA_NOT_IN_TABLE, "the table has no column for " + String.join(", ", missing));
        }
    }

    /** The columns that the value fills. */
    TableSchema values() {
        return values;
    }

    /** Leaves the value's own columns as they are laid down, to be put among the others. */
    StructFactory structs() {
        ColumnType.Struct row = values.asStruct();
        return type -> type.equals(row) ? columns -> columns : structs.maker(type);
    }

    /** Fills both. */
    RowDecoder around(RowDecoder decoder) {
        int width = table.columns().size();
        StructFactory.Maker maker = structs.maker(table.asStruct());
        int[] places = metadata.keySet().stream().mapToInt(Integer::intValue).toArray();
        ColumnReader[] readers = metadata.values().toArray(ColumnReader[]::new);
        return record -> {
            @Nullable Object[] value = (@Nullable Object[]) decoder.decode(record);
            @Nullable Object[] all = new Object[width];
            for (int i = 0; i < value.length; i++) {
                all[valuePlaces[i]] = value[i];
            }
            for (int i = 0; i < readers.length; i++) {
                all[places[i]] = readers[i].read(record);
            }
            return maker.struct(all);
        };
    }
}

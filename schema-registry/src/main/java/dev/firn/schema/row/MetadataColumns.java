package dev.firn.schema.row;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Optional;

/** The columns of where a record came from. */
record MetadataColumns(List<MetadataColumn> metadata) implements SideColumns {

    private static final StructFactory PLAIN = struct -> values -> values;

    @Override
    public List<Column> columns() {
        return metadata.stream().map(MetadataColumn::column).toList();
    }

    @Override
    public boolean has(String column) {
        return find(column).isPresent();
    }

    @Override
    public Filler filler(List<Place> places, Wanted wanted, StructFactory structs) throws Rejected {
        requireAll(places, wanted);
        int[] positions = places.stream().mapToInt(Place::position).toArray();
        ColumnReader[] readers = new ColumnReader[positions.length];
        for (int i = 0; i < readers.length; i++) {
            Column column = places.get(i).column();
            readers[i] = reader(find(column.name()).orElseThrow().field(), column, structs);
        }
        return (record, row) -> {
            for (int i = 0; i < readers.length; i++) {
                row[positions[i]] = readers[i].read(record);
            }
        };
    }

    @Override
    public Optional<ColumnReader> column(String column) {
        return find(column).map(found -> found.field().reader(PLAIN));
    }

    private Optional<MetadataColumn> find(String name) {
        return metadata.stream().filter(column -> column.name().equals(name)).findFirst();
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
                throw Missing.value(column);
            }
            return value;
        };
    }

    /** So that nothing is dropped in silence. */
    private void requireAll(List<Place> places, Wanted wanted) throws Rejected {
        List<String> missing = metadata.stream()
                .filter(column -> wanted.requires(column.name()))
                .filter(column ->
                        places.stream().noneMatch(place -> place.column().name().equals(column.name())))
                .map(column -> "`" + column.name() + "` (" + column.field().type() + ")")
                .toList();
        if (!missing.isEmpty()) {
            throw Missing.columns(missing);
        }
    }
}

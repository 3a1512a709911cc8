package dev.firn.schema.row;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;

/** Rows that are not made yet. */
final class Laid {

    private Laid() {}

    /** Makes an array of the columns' values where another factory would make a row, and structs inside as that one does. */
    static StructFactory plain(TableSchema columns, StructFactory structs) {
        ColumnType.Struct row = columns.asStruct();
        return type -> type.equals(row) ? values -> values : structs.maker(type);
    }
}

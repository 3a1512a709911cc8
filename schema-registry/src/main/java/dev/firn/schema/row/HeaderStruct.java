package dev.firn.schema.row;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;

/** One header of a record as a table has it. */
final class HeaderStruct {

    static final ColumnType.Struct TYPE = new ColumnType.Struct(
            List.of(Column.required("key", Primitive.STRING), Column.optional("value", Primitive.BINARY)));

    private HeaderStruct() {}
}

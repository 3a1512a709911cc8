package dev.firn.spi.schema;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** The columns of a table, in order. */
public record TableSchema(List<Column> columns) implements Serializable {

    public TableSchema {
        columns = List.copyOf(columns);
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public ColumnType.Struct asStruct() {
        return new ColumnType.Struct(columns);
    }
}

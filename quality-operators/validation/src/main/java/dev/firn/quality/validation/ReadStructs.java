package dev.firn.quality.validation;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Structs of a table are made as the table wants them; those that only an expression looks at are no table's, and made here. */
final class ReadStructs implements StructFactory {

    private final StructFactory structs;
    private final Set<ColumnType> ofTheTable = new HashSet<>();

    /** @param table whose rows and structs {@code structs} can make */
    ReadStructs(StructFactory structs, TableSchema table) {
        this.structs = structs;
        add(table.asStruct());
    }

    private record Held(@Nullable Object[] values) {}

    private void addAll(List<Column> columns) {
        columns.forEach(column -> add(column.type()));
    }

    private void add(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            ofTheTable.add(struct);
            addAll(struct.columns());
        } else if (type instanceof ColumnType.ListOf list) {
            add(list.element());
        } else if (type instanceof ColumnType.MapOf map) {
            add(map.value());
        }
    }

    @Override
    public Maker maker(ColumnType.Struct type) {
        return ofTheTable.contains(type) ? structs.maker(type) : Held::new;
    }

    @Override
    public @Nullable Object field(Object struct, int index) {
        return struct instanceof Held held ? held.values()[index] : structs.field(struct, index);
    }
}

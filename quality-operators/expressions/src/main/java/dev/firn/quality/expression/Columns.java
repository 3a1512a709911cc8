package dev.firn.quality.expression;

import dev.firn.quality.expression.function.Evaluator;
import dev.firn.quality.expression.function.Typed;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/** The names that an expression knows, and how their values are read. */
record Columns(TableSchema schema, StructFields structs) {

    List<String> names() {
        return namesOf(schema.columns());
    }

    static List<String> namesOf(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    Optional<Typed> column(String name) {
        int index = names().indexOf(name);
        if (index < 0) {
            return Optional.empty();
        }
        Column column = schema.columns().get(index);
        return Optional.of(Typed.of(column.type(), column.nullability(), row -> row[index]));
    }

    Optional<Typed> field(Typed struct, ColumnType.Struct type, String name) {
        int index = namesOf(type.columns()).indexOf(name);
        if (index < 0) {
            return Optional.empty();
        }
        Column field = type.columns().get(index);
        Evaluator whole = struct.evaluator();
        Nullability nullability =
                struct.isOptional() || field.isOptional() ? Nullability.OPTIONAL : Nullability.REQUIRED;
        return Optional.of(Typed.of(field.type(), nullability, row -> {
            Object one = whole.of(row);
            return one == null ? null : structs.field(one, index);
        }));
    }
}

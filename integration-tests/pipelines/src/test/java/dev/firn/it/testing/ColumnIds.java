package dev.firn.it.testing;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A table's columns in a line with their ids: {@code 1 id int!, 2 lines [3 (4 sku string!)]}; what must have a value has a mark. */
public final class ColumnIds {

    private ColumnIds() {}

    public static String of(List<Types.NestedField> columns) {
        return columns.stream()
                .map(column -> column.fieldId() + " " + column.name() + " " + type(column.type())
                        + (column.isRequired() ? "!" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String type(Type type) {
        return switch (type.typeId()) {
            case STRUCT -> "(" + of(type.asStructType().fields()) + ")";
            case LIST -> "[" + type.asListType().elementId() + " "
                    + type(type.asListType().elementType()) + "]";
            case MAP -> "map " + type.asMapType().valueId() + " "
                    + type(type.asMapType().valueType());
            default -> type.toString();
        };
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A writer's fields laid on the columns of a table as it is now, place by place.
 *
 * @param columns the paths of the columns as they are named now, by those of the fields
 * @param leftOut the paths of fields that no column takes; what is inside of them is not named
 */
record BoundFields(Map<String, String> columns, Set<String> leftOut) {

    BoundFields {
        columns = Map.copyOf(columns);
        leftOut = Set.copyOf(leftOut);
    }

    /**
     * Empty where the binding does not fit: a column that it names was dropped, or is of another shape than the field. A value of
     * one type may go to a struct, though, that has a column for each of several.
     */
    static Optional<BoundFields> of(WriterSchema writer, SchemaBinding binding, Schema table) {
        Walk walk = new Walk(binding);
        return walk.fields("", "", writer.columns().columns(), table.asStruct())
                ? Optional.of(new BoundFields(walk.laid, walk.leftOut))
                : Optional.empty();
    }

    private static final class Walk {

        private final SchemaBinding binding;
        private final Map<String, String> laid = new HashMap<>();
        private final Set<Integer> taken = new HashSet<>();
        private final Set<String> leftOut = new TreeSet<>();

        private Walk(SchemaBinding binding) {
            this.binding = binding;
        }

        private boolean fields(String path, String place, List<Column> columns, Types.StructType struct) {
            for (Column column : columns) {
                if (!field(ColumnPath.child(path, column.name()), place, column, struct)) {
                    return false;
                }
            }
            return true;
        }

        private boolean field(String path, String place, Column column, Types.StructType struct) {
            Integer id = binding.columns().get(path);
            if (id == null) {
                return leftOut.add(path);
            }
            Types.NestedField field = struct.field(id);
            return field != null
                    && taken.add(id)
                    && inside(path, ColumnPath.child(place, field.name()), column.type(), field.type());
        }

        private boolean inside(String path, String place, ColumnType type, Type column) {
            laid.put(path, place);
            if (type instanceof ColumnType.Struct struct) {
                return column.isStructType() && fields(path, place, struct.columns(), column.asStructType());
            }
            if (column.isStructType()) {
                return true;
            }
            if (type instanceof ColumnType.ListOf list) {
                return column.isListType() && elements(path, place, list, column.asListType());
            }
            if (type instanceof ColumnType.MapOf map) {
                return column.isMapType() && entries(path, place, map, column.asMapType());
            }
            return column.isPrimitiveType();
        }

        private boolean elements(String path, String place, ColumnType.ListOf list, Types.ListType column) {
            String elements = ColumnPath.element(path);
            return isBound(elements, column.elementId())
                    && inside(elements, ColumnPath.element(place), list.element(), column.elementType());
        }

        private boolean entries(String path, String place, ColumnType.MapOf map, Types.MapType column) {
            String values = ColumnPath.value(path);
            return isBound(values, column.valueId())
                    && inside(values, ColumnPath.value(place), map.value(), column.valueType());
        }

        private boolean isBound(String path, int id) {
            Integer bound = binding.columns().get(path);
            return bound != null && bound == id;
        }
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one table. Iceberg's generic Parquet writer wants a UUID as sixteen bytes while its partition
 * transforms want the UUID itself: rows with UUIDs answer each in its way.
 */
final class RowFactory implements StructFactory {

    private final Map<ColumnType.Struct, Types.StructType> structs = new HashMap<>();
    private final FileFormat format;

    RowFactory(TableSchema columns, Schema schema, FileFormat format) {
        this.format = format;
        register(columns.asStruct(), schema.asStruct());
    }

    @Override
    public Maker maker(ColumnType.Struct type) {
        Types.StructType struct = structs.get(type);
        if (struct == null) {
            throw new IllegalStateException("our bug: a decoder makes a struct that the table does not have: " + type);
        }
        Map<Integer, UnaryOperator<Object>> conversions = conversions(type);
        return conversions.isEmpty()
                ? values -> new IcebergRow(struct, values)
                : values -> new RowWithUuids(struct, values, conversions);
    }

    @Override
    public @Nullable Object field(Object struct, int index) {
        return ((IcebergRow) struct).get(index, Object.class);
    }

    private void register(ColumnType type, Type icebergType) {
        if (type instanceof ColumnType.Struct struct) {
            Types.StructType icebergStruct = icebergType.asStructType();
            structs.put(struct, icebergStruct);
            for (int i = 0; i < struct.columns().size(); i++) {
                register(
                        struct.columns().get(i).type(),
                        icebergStruct.fields().get(i).type());
            }
        } else if (type instanceof ColumnType.ListOf list) {
            register(list.element(), icebergType.asListType().elementType());
        } else if (type instanceof ColumnType.MapOf map) {
            register(map.value(), icebergType.asMapType().valueType());
        }
    }

    private Map<Integer, UnaryOperator<Object>> conversions(ColumnType.Struct type) {
        Map<Integer, UnaryOperator<Object>> conversions = new HashMap<>();
        if (format == FileFormat.PARQUET) {
            for (int i = 0; i < type.columns().size(); i++) {
                UnaryOperator<Object> conversion =
                        conversion(type.columns().get(i).type());
                if (conversion != null) {
                    conversions.put(i, conversion);
                }
            }
        }
        return conversions;
    }

    private static @Nullable UnaryOperator<Object> conversion(ColumnType type) {
        if (type == ColumnType.Primitive.UUID) {
            return value -> bytes((UUID) value);
        }
        if (type instanceof ColumnType.ListOf list) {
            UnaryOperator<Object> element = conversion(list.element());
            return element == null ? null : value -> eachElement((List<?>) value, element);
        }
        if (type instanceof ColumnType.MapOf map) {
            UnaryOperator<Object> entry = conversion(map.value());
            return entry == null ? null : value -> eachValue((Map<?, ?>) value, entry);
        }
        return null;
    }

    private static Object eachElement(List<?> list, UnaryOperator<Object> conversion) {
        List<@Nullable Object> converted = new java.util.ArrayList<>(list.size());
        for (Object element : list) {
            converted.add(element == null ? null : conversion.apply(element));
        }
        return converted;
    }

    private static Object eachValue(Map<?, ?> map, UnaryOperator<Object> conversion) {
        Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
        map.forEach((key, value) -> converted.put(key, value == null ? null : conversion.apply(value)));
        return converted;
    }

    private static byte[] bytes(UUID value) {
        return ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }

    private static final class RowWithUuids extends IcebergRow {

        private final Map<Integer, UnaryOperator<Object>> conversions;

        RowWithUuids(
                Types.StructType struct, @Nullable Object[] values, Map<Integer, UnaryOperator<Object>> conversions) {
            super(struct, values);
            this.conversions = conversions;
        }

        @Override
        public @Nullable Object get(int position) {
            Object value = super.get(position);
            UnaryOperator<Object> conversion = value == null ? null : conversions.get(position);
            return value == null || conversion == null ? value : conversion.apply(value);
        }
    }
}

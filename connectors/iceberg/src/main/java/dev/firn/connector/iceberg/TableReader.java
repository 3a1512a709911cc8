package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads a table back; Iceberg's generic Parquet reader hands out UUIDs as sixteen bytes, which become UUIDs here. */
final class TableReader {

    private final TableName name;
    private final Table table;

    TableReader(TableName name, Table table) {
        this.name = name;
        this.table = table;
    }

    void read(List<String> columns, Predicate<List<@Nullable Object>> row) {
        read(IcebergGenerics.read(table).select(columns), columns, row);
    }

    /** Those that meet a condition. */
    void read(Expression where, List<String> columns, Predicate<List<@Nullable Object>> row) {
        read(IcebergGenerics.read(table).where(where).select(columns), columns, row);
    }

    private void read(IcebergGenerics.ScanBuilder rows, List<String> columns, Predicate<List<@Nullable Object>> row) {
        List<UnaryOperator<Object>> conversions =
                columns.stream().map(this::conversion).toList();
        try (CloseableIterable<Record> records = rows.build()) {
            for (Record record : records) {
                List<@Nullable Object> values = new ArrayList<>(columns.size());
                for (int i = 0; i < columns.size(); i++) {
                    values.add(orNull(record.getField(columns.get(i)), conversions.get(i)));
                }
                if (!row.test(values)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UnaryOperator<Object> conversion(String column) {
        Types.NestedField field = table.schema().asStruct().field(column);
        if (field == null) {
            throw new IllegalStateException("our bug: table " + name + " has no column " + column);
        }
        return conversion(field.type());
    }

    private static UnaryOperator<Object> conversion(Type type) {
        return switch (type.typeId()) {
            case UUID -> value -> value instanceof byte[] bytes ? uuid(bytes) : value;
            case LIST -> {
                UnaryOperator<Object> element = conversion(type.asListType().elementType());
                yield value -> elements((List<?>) value, element);
            }
            case MAP -> {
                UnaryOperator<Object> entry = conversion(type.asMapType().valueType());
                yield value -> entries((Map<?, ?>) value, entry);
            }
            case STRUCT -> {
                Types.StructType struct = type.asStructType();
                List<UnaryOperator<Object>> fields = struct.fields().stream()
                        .map(field -> conversion(field.type()))
                        .toList();
                yield value -> struct(struct, (Record) value, fields);
            }
            default -> UnaryOperator.identity();
        };
    }

    private static Object elements(List<?> list, UnaryOperator<Object> conversion) {
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(orNull(element, conversion)));
        return elements;
    }

    private static Object entries(Map<?, ?> map, UnaryOperator<Object> conversion) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(key.toString(), orNull(value, conversion)));
        return entries;
    }

    private static Object struct(Types.StructType type, Record struct, List<UnaryOperator<Object>> conversions) {
        @Nullable Object[] values = new @Nullable Object[conversions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = orNull(struct.get(i), conversions.get(i));
        }
        return new IcebergRow(type, values);
    }

    private static @Nullable Object orNull(@Nullable Object value, UnaryOperator<Object> conversion) {
        return value == null ? null : conversion.apply(value);
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}

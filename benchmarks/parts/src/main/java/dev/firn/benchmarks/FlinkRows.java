package dev.firn.benchmarks;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Makes of rows as Iceberg's generics hold them the same rows as Flink holds them; texts are bytes already. */
final class FlinkRows {

    private FlinkRows() {}

    static RowData of(Types.StructType struct, StructLike row) {
        GenericRowData flink = new GenericRowData(struct.fields().size());
        for (int i = 0; i < struct.fields().size(); i++) {
            flink.setField(i, value(struct.fields().get(i).type(), row.get(i, Object.class)));
        }
        return flink;
    }

    private static @Nullable Object value(Type type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.typeId()) {
            case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, FIXED -> value;
            case STRING -> StringData.fromBytes(((String) value).getBytes(StandardCharsets.UTF_8));
            case BINARY -> bytes((ByteBuffer) value);
            case UUID -> bytes((UUID) value);
            case DATE -> (int) ((LocalDate) value).toEpochDay();
            case TIMESTAMP -> timestamp(value);
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield DecimalData.fromBigDecimal((BigDecimal) value, decimal.precision(), decimal.scale());
            }
            case STRUCT -> of(type.asStructType(), (StructLike) value);
            case LIST -> new GenericArrayData(((List<?>) value)
                    .stream()
                            .map(item -> value(type.asListType().elementType(), item))
                            .toArray());
            case MAP -> map(type.asMapType(), (Map<?, ?>) value);
            case TIME -> throw new IllegalStateException("Flink's rows have times in milliseconds only");
        };
    }

    private static GenericMapData map(Types.MapType type, Map<?, ?> map) {
        Map<Object, @Nullable Object> flink = new LinkedHashMap<>();
        map.forEach((key, item) ->
                flink.put(Objects.requireNonNull(value(type.keyType(), key)), value(type.valueType(), item)));
        return new GenericMapData(flink);
    }

    private static TimestampData timestamp(Object value) {
        return TimestampData.fromLocalDateTime(
                value instanceof OffsetDateTime instant ? instant.toLocalDateTime() : (LocalDateTime) value);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}

package dev.firn.benchmarks.lake;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/** Values of Avro's generic reader as a reader of Iceberg's tables has them; written apart from what is measured. */
final class AvroValues {

    private AvroValues() {}

    static StructLike row(IndexedRecord record) {
        List<@Nullable Object> values = new ArrayList<>();
        record.getSchema().getFields().forEach(field -> values.add(value(field.schema(), record.get(field.pos()))));
        return new Row(values);
    }

    private static @Nullable Object value(Schema schema, @Nullable Object avro) {
        return avro == null
                ? null
                : present(schema.isUnion() ? schema.getTypes().get(1) : schema, avro);
    }

    private static Object present(Schema schema, Object avro) {
        return switch (schema.getType()) {
            case BOOLEAN, FLOAT, DOUBLE -> avro;
            case INT -> schema.getLogicalType() == null ? avro : LocalDate.ofEpochDay((Integer) avro);
            case LONG -> schema.getLogicalType() == null ? avro : time(schema, (Long) avro);
            case STRING -> avro.toString();
            case BYTES -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? new BigDecimal(new BigInteger(bytes((ByteBuffer) avro)), decimal.getScale())
                    : avro;
            case RECORD -> row((IndexedRecord) avro);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                ((List<?>) avro).forEach(item -> items.add(value(schema.getElementType(), item)));
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new HashMap<>();
                ((Map<?, ?>) avro)
                        .forEach((key, mapped) -> entries.put(key.toString(), value(schema.getValueType(), mapped)));
                yield entries;
            }
            case ENUM, FIXED, NULL, UNION -> throw new IllegalArgumentException(
                    "no workload has a type " + schema.getType());
        };
    }

    private static OffsetDateTime time(Schema schema, long since) {
        ChronoUnit unit =
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? ChronoUnit.MILLIS : ChronoUnit.MICROS;
        return Instant.EPOCH.plus(since, unit).atOffset(ZoneOffset.UTC);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** A row's values, or a struct's. */
    private record Row(List<@Nullable Object> values) implements StructLike {

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public <T> T get(int position, Class<T> type) {
            return type.cast(values.get(position));
        }

        @Override
        public <T> void set(int position, T value) {
            throw new UnsupportedOperationException("rows are only read");
        }
    }
}

package dev.firn.benchmarks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The conversion that a careful engineer writes behind Avro's generic reader: a tree that is made once per schema, takes the
 * readers' raw numbers rather than Avro's own logical types (which are slower), and copies what the reader uses again.
 */
@SuppressWarnings("NullAway") // Avro gives a null only where the schema has one, which the unions look for
final class AvroToIceberg {

    private AvroToIceberg() {}

    static Conversion of(Schema schema, Type type) {
        if (!schema.isUnion()) {
            return present(schema, type);
        }
        List<Schema> present = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (present.size() > 1 || schema.getTypes().size() == 1) {
            return choice(schema, present, type.asStructType());
        }
        Conversion one = present(present.get(0), type);
        return value -> value == null ? null : one.of(value);
    }

    private static Conversion present(Schema schema, Type type) {
        return switch (schema.getType()) {
            case BOOLEAN, FLOAT, DOUBLE, NULL -> value -> value;
            case INT -> ofInt(schema);
            case LONG -> ofLong(schema);
            case STRING -> type.typeId() == Type.TypeID.UUID
                    ? value -> UUID.fromString((String) value)
                    : value -> value;
            case BYTES -> ofBytes(schema);
            case FIXED -> ofFixed(schema, type);
            case ENUM -> value -> Objects.requireNonNull(value).toString();
            case RECORD -> record(schema, type.asStructType());
            case ARRAY -> list(of(schema.getElementType(), type.asListType().elementType()));
            case MAP -> map(of(schema.getValueType(), type.asMapType().valueType()));
            case UNION -> throw new IllegalStateException("a union in a union");
        };
    }

    private static Conversion record(Schema schema, Types.StructType struct) {
        Conversion[] fields = new Conversion[struct.fields().size()];
        for (Schema.Field field : schema.getFields()) {
            fields[field.pos()] =
                    of(field.schema(), struct.fields().get(field.pos()).type());
        }
        Record template = GenericRecord.create(struct);
        return value -> {
            IndexedRecord avro = (IndexedRecord) value;
            Record row = template.copy();
            for (int i = 0; i < fields.length; i++) {
                row.set(i, fields[i].of(avro.get(i)));
            }
            return row;
        };
    }

    private static Conversion choice(Schema union, List<Schema> present, Types.StructType struct) {
        Conversion[] branches = new Conversion[union.getTypes().size()];
        int[] positions = new int[branches.length];
        for (int i = 0; i < branches.length; i++) {
            positions[i] = present.indexOf(union.getTypes().get(i));
            branches[i] = positions[i] < 0
                    ? value -> null
                    : present(
                            union.getTypes().get(i),
                            struct.fields().get(positions[i]).type());
        }
        Record template = GenericRecord.create(struct);
        return value -> {
            if (value == null) {
                return null;
            }
            int branch = GenericData.get().resolveUnion(union, value);
            Record row = template.copy();
            row.set(positions[branch], branches[branch].of(value));
            return row;
        };
    }

    private static Conversion list(Conversion element) {
        return value -> {
            List<?> avro = (List<?>) Objects.requireNonNull(value);
            List<@Nullable Object> values = new ArrayList<>(avro.size());
            for (Object item : avro) {
                values.add(element.of(item));
            }
            return values;
        };
    }

    private static Conversion map(Conversion entry) {
        return value -> {
            Map<?, ?> avro = (Map<?, ?>) Objects.requireNonNull(value);
            Map<String, @Nullable Object> values = new LinkedHashMap<>(avro.size() * 2);
            avro.forEach((key, item) -> values.put((String) key, entry.of(item)));
            return values;
        };
    }

    private static Conversion ofInt(Schema schema) {
        return switch (logical(schema)) {
            case "date" -> value -> LocalDate.ofEpochDay((Integer) value);
            case "time-millis" -> value -> LocalTime.ofNanoOfDay((Integer) value * 1_000_000L);
            default -> value -> value;
        };
    }

    private static Conversion ofLong(Schema schema) {
        return switch (logical(schema)) {
            case "time-micros" -> value -> LocalTime.ofNanoOfDay((Long) value * 1_000);
            case "timestamp-millis" -> value -> instant((Long) value * 1_000);
            case "timestamp-micros" -> value -> instant((Long) value);
            case "local-timestamp-millis" -> value -> local((Long) value * 1_000);
            case "local-timestamp-micros" -> value -> local((Long) value);
            default -> value -> value;
        };
    }

    private static Conversion ofBytes(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            int scale = decimal.getScale();
            return value -> new BigDecimal(new BigInteger(copy((ByteBuffer) value)), scale);
        }
        return value -> ByteBuffer.wrap(copy((ByteBuffer) value));
    }

    private static Conversion ofFixed(Schema schema, Type type) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            int scale = decimal.getScale();
            return value -> new BigDecimal(new BigInteger(fixed(value)), scale);
        }
        return switch (type.typeId()) {
            case UUID -> value -> {
                ByteBuffer bytes = ByteBuffer.wrap(fixed(value));
                return new UUID(bytes.getLong(), bytes.getLong());
            };
            case STRUCT -> duration(type.asStructType());
            default -> value -> fixed(value).clone();
        };
    }

    private static Conversion duration(Types.StructType struct) {
        Record template = GenericRecord.create(struct);
        return value -> {
            ByteBuffer bytes = ByteBuffer.wrap(fixed(value)).order(ByteOrder.LITTLE_ENDIAN);
            Record row = template.copy();
            for (int i = 0; i < 3; i++) {
                row.set(i, Integer.toUnsignedLong(bytes.getInt()));
            }
            return row;
        };
    }

    private static byte[] fixed(@Nullable Object value) {
        return ((GenericData.Fixed) Objects.requireNonNull(value)).bytes();
    }

    /** The reader fills its buffer again. */
    private static byte[] copy(@Nullable ByteBuffer buffer) {
        byte[] copy = new byte[Objects.requireNonNull(buffer).remaining()];
        buffer.get(buffer.position(), copy);
        return copy;
    }

    private static OffsetDateTime instant(long micros) {
        return OffsetDateTime.of(local(micros), ZoneOffset.UTC);
    }

    private static LocalDateTime local(long micros) {
        int nanos = (int) Math.floorMod(micros, 1_000_000L) * 1_000;
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), nanos, ZoneOffset.UTC);
    }

    private static String logical(Schema schema) {
        return String.valueOf(schema.getProp("logicalType"));
    }
}

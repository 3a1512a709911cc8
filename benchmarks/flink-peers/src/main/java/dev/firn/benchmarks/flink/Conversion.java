package dev.firn.benchmarks.flink;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of Avro's generic reader into those of Flink's tables. It is made once from a schema, so that nobody looks at
 * the schema while records come.
 */
@FunctionalInterface
interface Conversion {

    /** For a value that is there. */
    Object of(Object avro);

    default @Nullable Object ofOptional(@Nullable Object avro) {
        return avro == null ? null : of(avro);
    }

    /** For the values of a schema; a record's fields keep their order. */
    static Conversion from(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> from(Optionals.present(schema));
            case RECORD -> record(schema);
            case ARRAY -> array(from(schema.getElementType()));
            case MAP -> map(from(schema.getValueType()));
            case STRING -> Conversion::text;
            case BYTES -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? decimal(decimal.getPrecision(), decimal.getScale())
                    : bytes -> bytes((ByteBuffer) bytes);
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                    ? millis -> TimestampData.fromEpochMillis((Long) millis)
                    : same -> same;
            case BOOLEAN, INT, FLOAT, DOUBLE -> same -> same;
            case NULL, ENUM, FIXED -> throw new IllegalArgumentException("no conversion for " + schema);
        };
    }

    private static Conversion record(Schema schema) {
        Conversion[] fields =
                schema.getFields().stream().map(field -> from(field.schema())).toArray(Conversion[]::new);
        return value -> {
            IndexedRecord record = (IndexedRecord) value;
            GenericRowData row = new GenericRowData(fields.length);
            for (int i = 0; i < fields.length; i++) {
                row.setField(i, fields[i].ofOptional(record.get(i)));
            }
            return row;
        };
    }

    private static Conversion array(Conversion element) {
        return value -> {
            List<?> list = (List<?>) value;
            Object[] elements = new Object[list.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = element.ofOptional(list.get(i));
            }
            return new GenericArrayData(elements);
        };
    }

    private static Conversion map(Conversion content) {
        return value -> {
            Map<?, ?> map = (Map<?, ?>) value;
            Map<Object, Object> converted = new HashMap<>(map.size() * 2);
            map.forEach((key, mapped) -> converted.put(text(key), content.ofOptional(mapped)));
            return new GenericMapData(converted);
        };
    }

    private static Conversion decimal(int precision, int scale) {
        return bytes -> DecimalData.fromUnscaledBytes(bytes((ByteBuffer) bytes), precision, scale);
    }

    /** Without a copy, since each record's texts have bytes of their own. */
    private static StringData text(Object value) {
        Utf8 text = (Utf8) value;
        return StringData.fromBytes(text.getBytes(), 0, text.getByteLength());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

package dev.firn.schema.infer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.avro.AvroKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/** Records of Avro as a web service would write them. */
final class JsonOfAvro {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long MICROS = 1_000;

    private JsonOfAvro() {}

    static JsonNode of(Schema schema, @Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (AvroKind.of(schema)) {
            case UNION -> of(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
            case RECORD -> record((GenericData.Record) value);
            case ARRAY -> {
                ArrayNode array = JSON.arrayNode();
                ((List<?>) value).forEach(item -> array.add(of(schema.getElementType(), item)));
                yield array;
            }
            case MAP -> {
                ObjectNode map = JSON.objectNode();
                ((Map<?, ?>) value).forEach((key, item) -> map.set(key.toString(), of(schema.getValueType(), item)));
                yield map;
            }
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INT, LONG -> JSON.numberNode(((Number) value).longValue());
            case FLOAT, DOUBLE -> number((Number) value);
            case DECIMAL -> JSON.numberNode(new BigDecimal(new BigInteger(bytes(value)), AvroKind.scale(schema)));
            case DATE -> text(() -> LocalDate.ofEpochDay((Integer) value).toString());
            case TIME_MILLIS -> text(() ->
                    LocalTime.ofNanoOfDay((Integer) value * MICROS * MICROS).toString());
            case TIME_MICROS -> text(
                    () -> LocalTime.ofNanoOfDay((Long) value * MICROS).toString());
            case TIMESTAMP_MILLIS -> text(
                    () -> Instant.ofEpochMilli((Long) value).toString());
            case TIMESTAMP_MICROS -> text(
                    () -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString());
            case LOCAL_TIMESTAMP_MILLIS -> text(() -> Instant.ofEpochMilli((Long) value)
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDateTime()
                    .toString());
            case LOCAL_TIMESTAMP_MICROS -> text(() -> Instant.EPOCH
                    .plus((Long) value, ChronoUnit.MICROS)
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDateTime()
                    .toString());
            case BYTES, FIXED -> JSON.textNode(Base64.getEncoder().encodeToString(bytes(value)));
            default -> JSON.textNode(value.toString());
        };
    }

    private static JsonNode text(java.util.function.Supplier<String> text) {
        return JSON.textNode(text.get());
    }

    private static ObjectNode record(GenericData.Record record) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            // What is null may be missing just as well.
            if (value != null || field.pos() % 2 == 0) {
                object.set(field.name(), of(field.schema(), value));
            }
        }
        return object;
    }

    private static JsonNode number(Number number) {
        double value = number.doubleValue();
        return Double.isFinite(value)
                ? JSON.numberNode(new BigDecimal(number.toString()))
                : JSON.textNode(number.toString());
    }

    private static byte[] bytes(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}

package dev.firn.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for the values of every reader: scalars as text, structs and maps as sorted maps, nulls as they are.
 *
 * <p>Integers are the same whatever their width, floats are widened, bytes and UUIDs are hexadecimal, a time of day is its
 * microseconds and a timestamp always shows six digits of them.
 */
public final class Canonical {

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private Canonical() {}

    public static @Nullable Object value(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof JsonNode json) {
            return json(json);
        }
        if (value instanceof Record record) {
            Map<String, @Nullable Object> fields = new TreeMap<>();
            record.struct().fields().forEach(field -> fields.put(field.name(), value(record.getField(field.name()))));
            return fields;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new TreeMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), value(entry)));
            return entries;
        }
        return value instanceof List<?> list ? list(list) : scalar(value);
    }

    private static @Nullable Object json(JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        if (json.isArray()) {
            List<JsonNode> elements = new ArrayList<>();
            json.forEach(elements::add);
            return list(elements);
        }
        if (json.isObject()) {
            Map<String, @Nullable Object> fields = new TreeMap<>();
            json.fields().forEachRemaining(field -> fields.put(field.getKey(), json(field.getValue())));
            return fields;
        }
        return json.isFloatingPointNumber() ? scalar(json.doubleValue()) : json.asText();
    }

    private static List<@Nullable Object> list(List<?> elements) {
        List<@Nullable Object> values = new ArrayList<>();
        elements.forEach(element -> values.add(value(element)));
        return values;
    }

    private static String scalar(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof UUID uuid) {
            return uuid.toString().replace("-", "");
        }
        if (value instanceof Float number) {
            return String.valueOf(number.doubleValue());
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof LocalTime time) {
            return String.valueOf(time.getLong(ChronoField.MICRO_OF_DAY));
        }
        if (value instanceof LocalDateTime time) {
            return time.format(MICROSECONDS);
        }
        if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).format(MICROSECONDS) + "Z";
        }
        return String.valueOf(value);
    }
}

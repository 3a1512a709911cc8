package dev.firn.it.testing.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.it.testing.Canonical;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What a table should hold of a record, by the page of types alone: no code of Firn's or Iceberg's has a part in it. */
public final class Produced {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final RealSchema real;

    private Produced(RealSchema real) {
        this.real = real;
    }

    /** The columns of a record, spelled canonically. */
    public static Map<String, @Nullable Object> row(RealSchema real, GenericRecord record) {
        return new Produced(real).struct("", record);
    }

    private Map<String, @Nullable Object> struct(String path, GenericRecord record) {
        Map<String, @Nullable Object> struct = new TreeMap<>();
        record.getSchema()
                .getFields()
                .forEach(field -> struct.put(
                        field.name(),
                        value(
                                path.isEmpty() ? field.name() : path + "." + field.name(),
                                field.schema(),
                                record.get(field.pos()))));
        return struct;
    }

    private @Nullable Object value(String path, Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (real.jsonFields().contains(path)) {
            return text(json(schema, value));
        }
        return switch (schema.getType()) {
            case UNION -> union(path, schema, value);
            case RECORD -> struct(path, (GenericRecord) value);
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((List<?>) value).forEach(item -> list.add(value(path + "[]", schema.getElementType(), item)));
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new TreeMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, item) ->
                                map.put(key.toString(), value(path + "{}", schema.getValueType(), item)));
                yield map;
            }
            default -> Canonical.value(scalar(schema, value));
        };
    }

    /** {@code [null, T]} is T; of any other a struct with the one branch set. */
    private @Nullable Object union(String path, Schema union, Object value) {
        List<Schema> present = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        Schema chosen = union.getTypes().get(GenericData.get().resolveUnion(union, value));
        if (present.size() == 1 && union.getTypes().size() == 2) {
            return value(path, chosen, value);
        }
        Map<String, @Nullable Object> struct = new TreeMap<>();
        present.forEach(branch -> struct.put(
                branch.getName(), branch.equals(chosen) ? value(path + "." + branch.getName(), branch, value) : null));
        return struct;
    }

    private static Object scalar(Schema schema, Object value) {
        String word = String.valueOf(schema.getProp("logicalType"));
        return switch (schema.getType()) {
            case INT -> ofInt(word, (Integer) value);
            case LONG -> ofLong(word, (Long) value);
            case STRING -> word.equals("uuid") ? UUID.fromString(value.toString()) : value.toString();
            case BYTES -> word.equals("decimal") ? decimal(schema, bytes((ByteBuffer) value)) : value;
            case FIXED -> ofFixed(word, schema, ((GenericFixed) value).bytes());
            default -> value;
        };
    }

    private static Object ofInt(String word, int value) {
        return switch (word) {
            case "date" -> LocalDate.ofEpochDay(value);
            case "time-millis" -> LocalTime.ofNanoOfDay(value * 1_000_000L);
            default -> value;
        };
    }

    private static Object ofLong(String word, long value) {
        return switch (word) {
            case "time-micros" -> LocalTime.ofNanoOfDay(value * 1_000);
            case "timestamp-millis" -> moment(value, 1_000).atOffset(ZoneOffset.UTC);
            case "timestamp-micros" -> moment(value, 1_000_000).atOffset(ZoneOffset.UTC);
            case "timestamp-nanos" -> moment(Math.floorDiv(value, 1_000), 1_000_000)
                    .atOffset(ZoneOffset.UTC);
            case "local-timestamp-millis" -> moment(value, 1_000);
            case "local-timestamp-micros" -> moment(value, 1_000_000);
            case "local-timestamp-nanos" -> moment(Math.floorDiv(value, 1_000), 1_000_000);
            default -> value;
        };
    }

    private static LocalDateTime moment(long value, int perSecond) {
        int nanos = (int) (Math.floorMod(value, (long) perSecond) * (1_000_000_000 / perSecond));
        return LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC);
    }

    private static Object ofFixed(String word, Schema schema, byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (word + bytes.length) {
            case "uuid16" -> new UUID(
                    ByteBuffer.wrap(bytes).getLong(0), ByteBuffer.wrap(bytes).getLong(8));
            case "duration12" -> Map.of(
                    "months", Integer.toUnsignedLong(numbers.getInt(0)),
                    "days", Integer.toUnsignedLong(numbers.getInt(4)),
                    "millis", Integer.toUnsignedLong(numbers.getInt(8)));
            default -> word.equals("decimal") && fits(schema) ? decimal(schema, bytes) : bytes;
        };
    }

    /** A decimal of more digits than its bytes can hold does not count, says Avro. */
    private static boolean fits(Schema decimal) {
        BigInteger most = BigInteger.ONE.shiftLeft(8 * decimal.getFixedSize() - 1);
        return most.toString().length() > (Integer) decimal.getObjectProp("precision");
    }

    private static BigDecimal decimal(Schema schema, byte[] unscaled) {
        Object scale = schema.getObjectProp("scale");
        return new BigDecimal(new BigInteger(unscaled), scale instanceof Integer number ? number : 0);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** A union is the value of its branch, and fields stand in the writer's order; only what these schemas have in JSON. */
    private static @Nullable Object json(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (schema.getType()) {
            case UNION -> json(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
            case RECORD -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                schema.getFields()
                        .forEach(field -> object.put(
                                field.name(), json(field.schema(), ((GenericRecord) value).get(field.pos()))));
                yield object;
            }
            case MAP -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, item) -> object.put(key.toString(), json(schema.getValueType(), item)));
                yield object;
            }
            case ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                ((List<?>) value).forEach(item -> array.add(json(schema.getElementType(), item)));
                yield array;
            }
            default -> scalar(schema, value);
        };
    }

    private static String text(@Nullable Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

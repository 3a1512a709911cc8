package dev.firn.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.firn.schema.binding.FieldPath;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writers of JSON as people write it, not as Avro does: a union is the value of its branch, bytes are base64, decimals
 * are numbers with all their digits, dates and times are ISO 8601, what is not a number is a text.
 */
final class JsonWriters {

    private static final int MOST_DIGITS = 1_000;
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_TIME;

    /** Records that are being made or are made; one that contains itself finds itself here. */
    private final IdentityHashMap<Schema, RecordWriter> records = new IdentityHashMap<>();

    /** Takes a value from the payload and writes it. */
    @FunctionalInterface
    interface JsonWriter {
        void write(Payload payload, JsonGenerator json) throws IOException, Rejected;
    }

    JsonWriter of(String path, Schema schema) {
        AvroKind kind = AvroKind.of(schema);
        return switch (kind) {
            case NULL -> (payload, json) -> json.writeNull();
            case RECORD -> record(path, schema);
            case UNION -> union(path, schema);
            case ARRAY -> array(path, of(path + "[]", schema.getElementType()));
            case MAP -> map(path, of(path + "{}", schema.getValueType()));
            case DECIMAL -> decimal(path, schema);
            case DURATION -> duration(path);
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> scalar(TemporalReaders.nanos(kind, path));
            default -> scalar(ScalarReaders.of(kind, schema, path));
        };
    }

    private JsonWriter record(String path, Schema schema) {
        RecordWriter known = records.get(schema);
        if (known != null) {
            return known;
        }
        RecordWriter record = new RecordWriter(path);
        records.put(schema, record);
        schema.getFields()
                .forEach(field ->
                        record.fields.put(field.name(), of(FieldPath.child(path, field.name()), field.schema())));
        return record;
    }

    /** Bounds how deep values are nested: what contains itself can be as deep as the message is long. */
    private static final class RecordWriter implements JsonWriter {

        private final String path;
        private final Map<String, JsonWriter> fields = new LinkedHashMap<>();

        private RecordWriter(String path) {
            this.path = path;
        }

        @Override
        public void write(Payload payload, JsonGenerator json) throws IOException, Rejected {
            payload.descend(path);
            json.writeStartObject();
            for (Map.Entry<String, JsonWriter> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                field.getValue().write(payload, json);
            }
            json.writeEndObject();
            payload.ascend();
        }
    }

    private JsonWriter union(String path, Schema schema) {
        JsonWriter[] branches =
                schema.getTypes().stream().map(branch -> of(path, branch)).toArray(JsonWriter[]::new);
        return (payload, json) -> branches[UnionReader.readIndex(payload, branches.length, path)].write(payload, json);
    }

    private static JsonWriter array(String path, JsonWriter item) {
        return (payload, json) -> {
            payload.descend(path);
            json.writeStartArray();
            Blocks.read(payload, path, expected -> json, (in, array) -> written(item, in, array));
            json.writeEndArray();
            payload.ascend();
        };
    }

    private static JsonWriter map(String path, JsonWriter value) {
        return (payload, json) -> {
            payload.descend(path);
            json.writeStartObject();
            Blocks.read(payload, path, expected -> new HashSet<String>(), (in, keys) -> {
                String key = in.readString(path);
                if (!keys.add(key)) {
                    throw Containers.twice(path, key);
                }
                written((of, generator) -> generator.writeFieldName(key), in, json);
                written(value, in, json);
            });
            json.writeEndObject();
            payload.ascend();
        };
    }

    /** Inside a block, which knows nothing of JSON. */
    private static void written(JsonWriter writer, Payload payload, JsonGenerator json) throws Rejected {
        try {
            writer.write(payload, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static JsonWriter duration(String path) {
        return (payload, json) -> {
            json.writeStartObject();
            for (Column part : ColumnMapping.DURATION.columns()) {
                json.writeNumberField(part.name(), Integer.toUnsignedLong(payload.readLittleEndianInt(path)));
            }
            json.writeEndObject();
        };
    }

    private static JsonWriter decimal(String path, Schema schema) {
        int precision = AvroKind.precision(schema);
        if (precision > MOST_DIGITS) {
            return (payload, json) -> {
                throw new Rejected(
                        RejectCode.UNMAPPABLE_SCHEMA,
                        "`" + path + "` is a decimal of " + precision + " digits, and a text has at most "
                                + MOST_DIGITS);
            };
        }
        DecimalReader reader = new DecimalReader(schema, path);
        return (payload, json) -> json.writeNumber(((BigDecimal) reader.read(payload)).toPlainString());
    }

    private static JsonWriter scalar(ValueReader reader) {
        return (payload, json) -> write(reader.read(payload), json);
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof ByteBuffer bytes) {
            json.writeBinary(bytes(bytes));
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof OffsetDateTime instant) {
            json.writeString(INSTANT.format(instant));
        } else if (value instanceof LocalDateTime local) {
            json.writeString(LOCAL.format(local));
        } else if (value instanceof LocalTime time) {
            json.writeString(TIME.format(time));
        } else {
            json.writeString(String.valueOf(value));
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.firn.schema.binding.Excerpt;
import dev.firn.schema.binding.FieldPath;
import dev.firn.spi.format.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes Avro's binary encoding of its JSON encoding. Avro's own decoder loses in silence: to it {@code 1.5} is a {@code long}
 * of 1, of two fields of one name one counts, and one that the schema lacks is passed over, like whatever follows the object.
 */
final class AvroJson {

    private static final int LAST_BYTE = 0xff;

    private final JsonInput input;

    private AvroJson(JsonInput input) {
        this.input = input;
    }

    /**
     * Behind room for what stands in front of it.
     *
     * @param start where in the value the JSON does
     * @param room how many bytes of zero come first
     */
    static byte[] binary(Schema writer, byte[] value, int start, int room) throws Rejected {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + room);
        bytes.writeBytes(new byte[room]);
        try (JsonInput input = JsonInput.of(value, start)) {
            input.begin();
            new AvroJson(input).write("", writer, encoder(bytes));
            input.end();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("our bug: bytes in memory can't be written", e);
        }
    }

    /** Keeps nothing back, so that others may write to the same bytes. */
    private static Encoder encoder(ByteArrayOutputStream bytes) {
        return EncoderFactory.get().directBinaryEncoder(bytes, null);
    }

    private void write(String path, Schema schema, Encoder out) throws IOException, Rejected {
        String type = schema.getType().getName();
        switch (schema.getType()) {
            case NULL -> {
                require(JsonToken.VALUE_NULL, path, type);
                out.writeNull();
            }
            case BOOLEAN -> out.writeBoolean(truth(path, type));
            case INT -> out.writeInt(narrow(path, Numbers.whole(input, path, type)));
            case LONG -> out.writeLong(Numbers.whole(input, path, type));
            case FLOAT -> out.writeFloat(
                    isText() ? (float) notANumber(path, type) : Numbers.nearestFloat(input, path, type));
            case DOUBLE -> out.writeDouble(isText() ? notANumber(path, type) : Numbers.nearest(input, path, type));
            case STRING -> out.writeString(Scalars.text(input, path, type));
            case BYTES -> out.writeBytes(bytes(path, type));
            case FIXED -> out.writeFixed(fixed(path, schema));
            case ENUM -> out.writeEnum(symbol(path, schema));
            case ARRAY -> array(path, schema, out);
            case MAP -> map(path, schema, out);
            case UNION -> union(path, schema, out);
            case RECORD -> record(path, schema, out);
        }
    }

    private boolean truth(String path, String type) throws Rejected {
        if (input.token() != JsonToken.VALUE_TRUE) {
            require(JsonToken.VALUE_FALSE, path, type);
        }
        return input.token() == JsonToken.VALUE_TRUE;
    }

    private static int narrow(String path, long value) throws Rejected {
        if (value != (int) value) {
            throw JsonInput.invalid(path, "is `" + value + "`, which does not fit into 32 bits");
        }
        return (int) value;
    }

    private boolean isText() {
        return input.token() == JsonToken.VALUE_STRING;
    }

    /** Avro's own encoder puts what JSON has no number for in quotes. */
    private double notANumber(String path, String type) throws Rejected {
        return switch (input.text(path)) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw input.mismatch(path, type);
        };
    }

    /** One character for each byte. */
    private byte[] bytes(String path, String type) throws Rejected {
        String text = Scalars.text(input, path, type);
        if (text.chars().anyMatch(character -> character > LAST_BYTE)) {
            throw JsonInput.invalid(path, "has a character that stands for no byte: `" + Excerpt.of(text) + "`");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] fixed(String path, Schema schema) throws Rejected {
        byte[] bytes = bytes(path, schema.getType().getName());
        if (bytes.length != schema.getFixedSize()) {
            throw JsonInput.invalid(
                    path, "has " + bytes.length + " bytes, and its schema says " + schema.getFixedSize());
        }
        return bytes;
    }

    private int symbol(String path, Schema schema) throws Rejected {
        String symbol = Scalars.text(input, path, schema.getType().getName());
        if (!schema.hasEnumSymbol(symbol)) {
            throw JsonInput.invalid(path, "is `" + Excerpt.of(symbol) + "`, which its enum does not have");
        }
        return schema.getEnumOrdinal(symbol);
    }

    private void array(String path, Schema schema, Encoder out) throws IOException, Rejected {
        require(JsonToken.START_ARRAY, path, schema.getType().getName());
        String item = path + "[]";
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        Encoder encoder = encoder(items);
        int count = 0;
        while (input.next(item) != JsonToken.END_ARRAY) {
            write(item, schema.getElementType(), encoder);
            count++;
        }
        out.writeArrayStart();
        block(items, count, out);
        out.writeArrayEnd();
    }

    private void map(String path, Schema schema, Encoder out) throws IOException, Rejected {
        require(JsonToken.START_OBJECT, path, schema.getType().getName());
        String value = path + "{}";
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        Encoder encoder = encoder(entries);
        Set<String> keys = new HashSet<>();
        while (input.next(path) == JsonToken.FIELD_NAME) {
            String key = input.name(path);
            if (!keys.add(key)) {
                throw ObjectReader.twice(FieldPath.child(path, Excerpt.of(key)));
            }
            encoder.writeString(key);
            input.next(value);
            write(value, schema.getValueType(), encoder);
        }
        out.writeMapStart();
        block(entries, keys.size(), out);
        out.writeMapEnd();
    }

    private static void block(ByteArrayOutputStream items, int count, Encoder out) throws IOException {
        out.setItemCount(count);
        if (count > 0) {
            out.writeFixed(items.toByteArray());
        }
    }

    /** Null stands alone; all else is an object of one field, named by the branch. */
    private void union(String path, Schema schema, Encoder out) throws IOException, Rejected {
        if (input.token() == JsonToken.VALUE_NULL && schema.isNullable()) {
            out.writeIndex(branch(path, schema, "null"));
            return;
        }
        if (input.token() != JsonToken.START_OBJECT || input.next(path) != JsonToken.FIELD_NAME) {
            throw input.mismatch(path, named(schema.getTypes()));
        }
        int index = branch(path, schema, input.name(path));
        out.writeIndex(index);
        input.next(path);
        write(path, schema.getTypes().get(index), out);
        if (input.next(path) != JsonToken.END_OBJECT) {
            throw JsonInput.invalid(path, "names more than one branch of its union");
        }
    }

    private static String named(List<Schema> branches) {
        return branches.stream()
                .map(branch -> branch.getType() == Schema.Type.NULL ? "null" : "{\"" + branch.getFullName() + "\": …}")
                .collect(Collectors.joining(" or "));
    }

    private static int branch(String path, Schema union, String name) throws Rejected {
        Integer index = union.getIndexNamed(name);
        if (index == null) {
            throw JsonInput.invalid(path, "names the branch `" + Excerpt.of(name) + "`, which its union does not have");
        }
        return index;
    }

    /** In whatever order they come; Avro's encoding has them all, in the schema's. */
    private void record(String path, Schema schema, Encoder out) throws IOException, Rejected {
        require(JsonToken.START_OBJECT, path, schema.getType().getName());
        List<Schema.Field> fields = schema.getFields();
        byte[] @Nullable [] early = new byte[fields.size()][];
        int written = 0;
        while (input.next(path) == JsonToken.FIELD_NAME) {
            String name = input.name(path);
            Schema.Field field = schema.getField(name);
            if (field == null) {
                throw JsonInput.invalid(
                        FieldPath.child(path, Excerpt.of(name)), "is there, and its schema does not name it");
            }
            String fieldPath = FieldPath.child(path, name);
            if (field.pos() < written || early[field.pos()] != null) {
                throw ObjectReader.twice(fieldPath);
            }
            input.next(fieldPath);
            if (field.pos() > written) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                write(fieldPath, field.schema(), encoder(bytes));
                early[field.pos()] = bytes.toByteArray();
                continue;
            }
            write(fieldPath, field.schema(), out);
            for (written++; written < early.length && early[written] != null; written++) {
                out.writeFixed(early[written]);
            }
        }
        if (written < early.length) {
            throw JsonInput.invalid(
                    FieldPath.child(path, fields.get(written).name()),
                    "is missing, and Avro's JSON has each field of its schema");
        }
    }

    private void require(JsonToken token, String path, String type) throws Rejected {
        if (input.token() != token) {
            throw input.mismatch(path, type);
        }
    }
}

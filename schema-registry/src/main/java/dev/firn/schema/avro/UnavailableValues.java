package dev.firn.schema.avro;

import dev.firn.schema.binding.Needle;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows in which Debezium could not say a value: a Postgres does not send again what is stored apart from its row (TOAST) and has not
 * changed, and in its place stands a text of Debezium's, or what that text is as bytes, numbers or a UUID. Its bytes are looked for first, and
 * the row is read as a whole only where they are there.
 */
final class UnavailableValues {

    private static final String TEXT = "__debezium_unavailable_value";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final String UUID_TEXT = UUID.nameUUIDFromBytes(BYTES).toString();

    /** As JSON, what a hstore is. */
    private static final String MAP_TEXT = "{\"" + TEXT + "\":\"" + TEXT + "\"}";

    private final Schema row;
    private final List<Schema.Field> fields;
    private final List<Needle> needles = new ArrayList<>();

    /**
     * @param row as it was written
     * @param leftOut fields whose values nobody wants
     */
    UnavailableValues(Schema row, Set<String> leftOut) {
        this.row = row;
        this.fields = row.getFields().stream()
                .filter(field -> !leftOut.contains(field.name()))
                .toList();
        needles.add(new Needle(BYTES));
        fields.stream()
                .map(field -> Unions.withoutNull(field.schema()))
                .filter(type -> type.getType() == Schema.Type.ARRAY)
                .map(Schema::getElementType)
                .forEach(this::inArray);
    }

    private void inArray(Schema item) {
        switch (Unions.withoutNull(item).getType()) {
            case STRING -> needles.add(new Needle(UUID_TEXT.getBytes(StandardCharsets.UTF_8)));
            case INT, LONG -> needles.add(new Needle(numbers(item)));
            default -> {
                // Debezium has nothing to say there.
            }
        }
    }

    private static byte[] numbers(Schema item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            for (byte number : BYTES) {
                if (item.isUnion()) {
                    encoder.writeIndex(item.getTypes().indexOf(Unions.withoutNull(item)));
                }
                encoder.writeInt(number);
            }
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: nothing is written but memory", e);
        }
        return out.toByteArray();
    }

    /** Of a row that was found to be sound, in the bytes from one place up to another. */
    void requireNone(byte[] bytes, int from, int to) throws Rejected {
        for (Needle needle : needles) {
            if (needle.isIn(bytes, from, to)) {
                requireNone(read(bytes, from, to));
                return;
            }
        }
    }

    private GenericRecord read(byte[] bytes, int from, int to) throws Rejected {
        try {
            // With no conversions of logical types, whatever others have registered.
            return new GenericDatumReader<GenericRecord>(row, row, new GenericData())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, from, to - from, null));
        } catch (IOException | RuntimeException e) {
            // What nobody wants was gone past by its length, and may be no value of its type.
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "the row has `" + TEXT + "` somewhere, and can't be read as a whole to see where: " + e);
        }
    }

    private void requireNone(GenericRecord read) throws Rejected {
        for (Schema.Field field : fields) {
            if (isUnavailable(read.get(field.pos()))) {
                throw new Rejected(
                        RejectCode.VALUE_NOT_SENT,
                        "`" + field.name() + "` has not changed and was not sent, and what it is nobody knows here");
            }
        }
    }

    private static boolean isUnavailable(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            String plain = text.toString();
            return plain.equals(TEXT) || plain.equals(MAP_TEXT);
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.equals(ByteBuffer.wrap(BYTES));
        }
        if (value instanceof List<?> items) {
            return isUnavailable(items);
        }
        return value instanceof Map<?, ?> map
                && map.size() == 1
                && isUnavailable(map.keySet().iterator().next());
    }

    private static boolean isUnavailable(List<?> items) {
        if (items.size() == 1) {
            Object only = items.get(0);
            return isUnavailable(only) || (only instanceof CharSequence text && UUID_TEXT.contentEquals(text));
        }
        if (items.size() != BYTES.length) {
            return false;
        }
        for (int index = 0; index < BYTES.length; index++) {
            if (!(items.get(index) instanceof Number number) || number.longValue() != BYTES[index]) {
                return false;
            }
        }
        return true;
    }
}

package dev.firn.schema.testing;

import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroDecoder;
import dev.firn.schema.avro.AvroRules;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Framed records, encoded with Avro's own writer. */
public final class AvroBytes {

    private static final byte[] FRAME = {0, 0, 0, 0, 7};

    private AvroBytes() {}

    public static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    /** A record {@code R} with these fields, each as {@code name type-json}. */
    public static Schema record(String... fields) {
        StringBuilder json = new StringBuilder("{'type': 'record', 'name': 'R', 'fields': [");
        for (String field : fields) {
            int space = field.indexOf(' ');
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ", ")
                    .append("{'name': '" + field.substring(0, space) + "', 'type': " + field.substring(space) + "}");
        }
        return schema(json + "]}");
    }

    public static TableSchema table(Schema schema) {
        return AvroColumns.of(schema, AvroRules.STRICT)
                .table()
                .orElseThrow(() -> new AssertionError(AvroColumns.of(schema, AvroRules.STRICT)));
    }

    public static byte[] encode(Schema schema, Object datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return write(schema, datum, out, EncoderFactory.get().binaryEncoder(out, null));
    }

    /** With arrays and maps in blocks that say their size in bytes. */
    public static byte[] encodeInBlocks(Schema schema, Object datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncoderFactory small = new EncoderFactory().configureBlockSize(64);
        return write(schema, datum, out, small.blockingBinaryEncoder(out, null));
    }

    private static byte[] write(Schema schema, Object datum, ByteArrayOutputStream out, BinaryEncoder encoder) {
        try {
            out.write(FRAME);
            new GenericDatumWriter<Object>(schema).write(datum, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A frame and whatever bytes, written as ints. */
    public static byte[] framed(int... payload) {
        byte[] value = java.util.Arrays.copyOf(FRAME, FRAME.length + payload.length);
        for (int i = 0; i < payload.length; i++) {
            value[FRAME.length + i] = (byte) payload[i];
        }
        return value;
    }

    public static RawRecord raw(byte @Nullable [] value) {
        return new RawRecord(new Split("kafka", "orders", 0, "t"), 42, 0, null, value, List.of());
    }

    /** Decodes into the table that the schema itself makes. */
    public static Row decode(Schema schema, byte[] value) throws Rejected {
        return decode(schema, table(schema), value);
    }

    public static Row decode(Schema schema, TableSchema table, byte[] value) throws Rejected {
        return (Row) Objects.requireNonNull(
                AvroDecoder.compile(schema, table, Row.FACTORY).decode(raw(value)));
    }

    /** Decodes what one schema wrote into the table that a reader's makes. */
    public static Row resolve(Schema writer, Schema reader, byte[] value) throws Rejected {
        return (Row) Objects.requireNonNull(
                AvroDecoder.compile(writer, reader, table(reader), Row.FACTORY).decode(raw(value)));
    }
}

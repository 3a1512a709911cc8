package dev.firn.benchmarks;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The kinds of records that are decoded. */
public enum Shape {
    /** The quickstart's orders: 14 columns of most kinds, a struct and a list. */
    ORDERS("/dev/firn/devstack/orders/orders-v1.avsc"),
    /** 100 columns of a customer, of which most may be null. */
    WIDE("wide.avsc"),
    /** Structs in lists in structs in maps, six levels deep. */
    NESTED("nested.avsc"),
    /** Twenty texts of up to 200 characters. */
    TEXTS("texts.avsc"),
    /** Every logical type, alone and beside a null. */
    LOGICAL("logical.avsc"),
    /** Six numbers: what a record costs that holds nearly nothing. */
    NARROW("narrow.avsc");

    private static final byte[] FRAME = {0, 0, 0, 0, 1};
    private static final long SEED = 20261126;

    private final String resource;

    Shape(String resource) {
        this.resource = resource;
    }

    Schema schema() {
        try (InputStream text = Objects.requireNonNull(Shape.class.getResourceAsStream(resource))) {
            return new Schema.Parser().parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same records each time. */
    List<RawRecord> records(int count) {
        RandomValues values = new RandomValues(SEED);
        Schema schema = schema();
        Split split = new Split("kafka", word(), 0, "t");
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new RawRecord(split, i, 0, null, framed(schema, values.of(schema)), List.of()))
                .toList();
    }

    /** Of a record's value, in bytes. */
    long averageLength() {
        return (long) records(1_000).stream()
                .mapToInt(record -> record.value() == null ? 0 : record.value().length)
                .average()
                .orElse(0);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static byte[] framed(Schema schema, Object datum) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(FRAME);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<Object>(schema).write(datum, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

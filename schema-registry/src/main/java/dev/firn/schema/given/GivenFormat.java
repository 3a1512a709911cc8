package dev.firn.schema.given;

import dev.firn.definition.yaml.Node;
import dev.firn.schema.AvroEncoding;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormatType;
import dev.firn.schema.FormattedSource;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.registry.Frame;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import dev.firn.spi.source.StreamDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes the records of one stream: what a file says they are, in the stream's own encoding and schema. */
public final class GivenFormat {

    private static final String VALUE = "value";
    private static final String KEY = "key";

    private final FormatOptions format;
    private final Optional<KeyOptions> key;
    private final StreamDefinition schemas;
    private final Ids ids;

    /**
     * @param schemas of the stream; where the format has none, nothing
     * @param ids for the frames of those parts that have one
     */
    public GivenFormat(FormattedSource source, StreamDefinition schemas, Ids ids) {
        this.format = source.format();
        this.key = source.key();
        this.schemas = schemas;
        this.ids = ids;
    }

    /** Under which ids a stream's readers know the schemas of its values and keys. */
    public record Ids(int value, int key) {}

    /** Whether records of the format can be written out in a file. */
    public static boolean canWrite(FormatType type) {
        return switch (type) {
            case AVRO, JSON, RAW -> true;
            case PROTOBUF, DEBEZIUM_AVRO, DEBEZIUM_JSON -> false;
        };
    }

    /** Null where the record has no value. */
    public byte @Nullable [] value(Node node) throws Unfit {
        if (Scalars.isNothing(node)) {
            return null;
        }
        return switch (format.type()) {
            case AVRO -> avro(node);
            case JSON -> framed(
                    format.isFramed(),
                    ids.value(),
                    GivenJson.of(node).toString().getBytes(StandardCharsets.UTF_8));
            case RAW -> raw(node, VALUE);
            case PROTOBUF, DEBEZIUM_AVRO, DEBEZIUM_JSON -> throw new IllegalStateException(
                    "our bug: records of " + format.type() + " can't be written");
        };
    }

    /**
     * A record that is Avro already, in its own schema.
     *
     * @param id under which the stream's readers know that schema
     * @throws IllegalArgumentException if the stream's records are not Avro
     */
    public byte[] value(IndexedRecord record, int id) {
        if (format.type() != FormatType.AVRO) {
            throw new IllegalArgumentException(
                    "its records are `" + format.type().word() + "`, not Avro");
        }
        Schema schema = record.getSchema();
        GenericDatumWriter<IndexedRecord> writer = record instanceof SpecificRecord specific
                ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(specific.getClass()))
                : new GenericDatumWriter<>(schema);
        return format.encoding() == AvroEncoding.BINARY
                ? framed(
                        true,
                        id,
                        encoded(out -> EncoderFactory.get().binaryEncoder(out, null), to -> writer.write(record, to)))
                : framed(
                        format.isFramed(),
                        id,
                        encoded(out -> EncoderFactory.get().jsonEncoder(schema, out), to -> writer.write(record, to)));
    }

    /** Null where the record has no key. A key that has no columns is text. */
    public byte @Nullable [] key(Node node) throws Unfit {
        if (Scalars.isNothing(node)) {
            return null;
        }
        KeyType type = key.map(KeyOptions::type).orElse(KeyType.STRING);
        return switch (type) {
            case STRING -> raw(node, KEY);
            case INT -> ByteBuffer.allocate(Integer.BYTES)
                    .putInt(Scalars.whole(node, KEY, Integer.MIN_VALUE, Integer.MAX_VALUE)
                            .intValue())
                    .array();
            case LONG -> ByteBuffer.allocate(Long.BYTES)
                    .putLong(Scalars.whole(node, KEY, Long.MIN_VALUE, Long.MAX_VALUE)
                            .longValue())
                    .array();
            case AVRO -> framed(
                    true, ids.key(), binary(node, parsed(schemas.key().orElseThrow()), KEY));
        };
    }

    private byte[] avro(Node node) throws Unfit {
        Schema schema = parsed(schemas.value());
        return format.encoding() == AvroEncoding.BINARY
                ? framed(true, ids.value(), binary(node, schema, VALUE))
                : framed(format.isFramed(), ids.value(), json(node, schema));
    }

    private static byte[] binary(Node node, Schema schema, String path) throws Unfit {
        return encoded(AvroDatum.of(node, schema, path), schema, out -> EncoderFactory.get()
                .binaryEncoder(out, null));
    }

    private static byte[] json(Node node, Schema schema) throws Unfit {
        return encoded(AvroDatum.of(node, schema, VALUE), schema, out -> EncoderFactory.get()
                .jsonEncoder(schema, out));
    }

    /** Makes Avro's encoder for an output. */
    @FunctionalInterface
    private interface Encoding {
        Encoder to(OutputStream out) throws IOException;
    }

    private static byte[] encoded(@Nullable Object datum, Schema schema, Encoding encoding) {
        return encoded(encoding, encoder -> new GenericDatumWriter<@Nullable Object>(schema).write(datum, encoder));
    }

    /** Writes a datum. */
    @FunctionalInterface
    private interface Writing {
        void to(Encoder encoder) throws IOException;
    }

    private static byte[] encoded(Encoding encoding, Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Encoder encoder = encoding.to(out);
            writing.to(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return out.toByteArray();
    }

    /** Text as it is, and bytes as their digits. */
    private static byte[] raw(Node node, String path) throws Unfit {
        String text = Scalars.text(node, path);
        return text.startsWith("0x") && !Scalars.quoted(node)
                ? Scalars.bytes(node, path)
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] framed(boolean isFramed, int id, byte[] bytes) {
        return isFramed
                ? ByteBuffer.allocate(Frame.SIZE + bytes.length)
                        .put((byte) 0)
                        .putInt(id)
                        .put(bytes)
                        .array()
                : bytes;
    }

    private static Schema parsed(String definition) {
        try {
            return AvroSchemas.parse(definition);
        } catch (AvroSchemas.NotAvro e) {
            throw new IllegalStateException("our bug: a plan has a schema that is not valid Avro", e);
        }
    }
}

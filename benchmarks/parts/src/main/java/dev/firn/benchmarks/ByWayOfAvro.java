package dev.firn.benchmarks;

import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro's generic reader with resolution, then a conversion. Decoder and record are used again, and texts are read as strings
 * right away, which spares the reader's own text objects.
 */
final class ByWayOfAvro implements RowDecoder {

    private static final int FRAME = 5;

    private final GenericDatumReader<@Nullable Object> reader;
    private final Conversion conversion;
    private @Nullable BinaryDecoder decoder;
    private @Nullable Object avro;

    ByWayOfAvro(Schema writer, org.apache.iceberg.Schema table, Reader kind) {
        GenericData data = new GenericData();
        data.setFastReaderEnabled(kind == Reader.FAST);
        this.reader = new GenericDatumReader<>(writer, withStrings(writer), data);
        this.conversion = AvroToIceberg.of(writer, table.asStruct());
    }

    /** Avro has a second implementation of its reader, which is off unless asked for. */
    enum Reader {
        STANDARD,
        FAST
    }

    @Override
    public Object decode(RawRecord record) {
        byte[] value = Objects.requireNonNull(record.value());
        try {
            decoder = DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, decoder);
            avro = reader.read(avro, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(conversion.of(avro));
    }

    private static Schema withStrings(Schema schema) {
        Schema copy = new Schema.Parser().parse(schema.toString());
        askForStrings(copy, new HashSet<>());
        return copy;
    }

    private static void askForStrings(Schema schema, Set<String> named) {
        switch (schema.getType()) {
            case STRING -> ask(schema);
            case MAP -> {
                ask(schema);
                askForStrings(schema.getValueType(), named);
            }
            case ARRAY -> askForStrings(schema.getElementType(), named);
            case UNION -> schema.getTypes().forEach(branch -> askForStrings(branch, named));
            case RECORD -> {
                if (named.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> askForStrings(field.schema(), named));
                }
            }
            default -> {
                // It has no text.
            }
        }
    }

    private static void ask(Schema schema) {
        GenericData.setStringType(schema, GenericData.StringType.String);
    }
}

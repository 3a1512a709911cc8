package dev.firn.benchmarks.flink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro in Confluent's frame, a zero byte and the writer's schema id in four, with Avro's generic reader. The registry is
 * asked once for each id.
 */
final class FramedAvro {

    private static final int FRAME = 5;

    private final WriterSchemas writers;
    private final Schema expected;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    FramedAvro(WriterSchemas writers, Schema expected) {
        this.writers = writers;
        this.expected = expected;
    }

    GenericRecord read(byte[] bytes) throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        if (frame.get() != 0) {
            throw new IOException("the record is not in Confluent's frame");
        }
        GenericDatumReader<GenericRecord> reader = reader(frame.getInt());
        decoder = DecoderFactory.get().binaryDecoder(bytes, FRAME, bytes.length - FRAME, decoder);
        return reader.read(null, decoder);
    }

    private GenericDatumReader<GenericRecord> reader(int id) throws IOException {
        GenericDatumReader<GenericRecord> reader = readers.get(id);
        if (reader == null) {
            reader = new GenericDatumReader<>(writers.fetch(id), expected);
            readers.put(id, reader);
        }
        return reader;
    }
}

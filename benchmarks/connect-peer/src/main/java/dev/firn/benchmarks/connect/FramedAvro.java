package dev.firn.benchmarks.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro in Confluent's frame, a zero byte and the writer's schema id in four, with Avro's generic reader. The registry is
 * asked once for each id.
 */
final class FramedAvro {

    private static final int FRAME = 5;

    private final WriterSchemas writers;
    private final Map<Integer, Written> known = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    FramedAvro(WriterSchemas writers) {
        this.writers = writers;
    }

    /** What is known of one id. */
    private record Written(GenericDatumReader<Object> reader, ConnectType type) {}

    SchemaAndValue read(byte[] bytes) throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        if (frame.get() != 0) {
            throw new IOException("the record is not in Confluent's frame");
        }
        Written written = written(frame.getInt());
        decoder = DecoderFactory.get().binaryDecoder(bytes, FRAME, bytes.length - FRAME, decoder);
        return new SchemaAndValue(written.type.schema(), written.type.convert(written.reader.read(null, decoder)));
    }

    private Written written(int id) throws IOException {
        Written written = known.get(id);
        if (written == null) {
            Schema schema = writers.fetch(id);
            written = new Written(new GenericDatumReader<>(schema), ConnectType.of(schema));
            known.put(id, written);
        }
        return written;
    }
}

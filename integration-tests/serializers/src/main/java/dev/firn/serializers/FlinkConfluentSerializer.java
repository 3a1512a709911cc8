package dev.firn.serializers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroSerializationSchema;
import org.apache.kafka.common.serialization.Serializer;

/** Flink's writer of Confluent's frames, which registers through Confluent's client, as Kafka's clients take one. */
public final class FlinkConfluentSerializer implements Serializer<GenericRecord> {

    static final String URL = "schema.registry.url";

    private Map<String, Object> settings = Map.of();

    @Override
    public void configure(Map<String, ?> given, boolean isKey) {
        settings = new HashMap<>(given);
    }

    @Override
    public byte[] serialize(String topic, GenericRecord record) {
        Schema schema = new Schema.Parser().parse(record.getSchema().toString());
        try {
            return ConfluentRegistryAvroSerializationSchema.forGeneric(
                            topic + "-value", schema, String.valueOf(settings.get(URL)), settings)
                    .serialize(new GenericDatumReader<
                                    org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord>(schema)
                            .read(null, DecoderFactory.get().binaryDecoder(bytes(record), null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}

package dev.firn.serializers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroDeserializationSchema;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.apache.kafka.common.serialization.Deserializer;

/** Flink's reader of Confluent's frames, which asks through Confluent's client, as Kafka's clients take one. */
public final class FlinkConfluentDeserializer implements Deserializer<GenericRecord> {

    private Map<String, Object> settings = Map.of();

    @Override
    public void configure(Map<String, ?> given, boolean isKey) {
        settings = new HashMap<>(given);
    }

    @Override
    public GenericRecord deserialize(String topic, byte[] framed) {
        String url = String.valueOf(settings.get(FlinkConfluentSerializer.URL));
        try {
            // Flink wants to know what it will read; the writer's own schema, as Confluent's deserializer has it.
            Schema writer = new ConfluentSchemaRegistryCoder(ConfluentClient.of(url, settings))
                    .readSchema(new ByteArrayInputStream(framed));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord>(writer)
                    .write(
                            ConfluentRegistryAvroDeserializationSchema.forGeneric(writer, url, settings)
                                    .deserialize(framed),
                            encoder);
            encoder.flush();
            org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser().parse(writer.toString());
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.firn.it.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic of numbered records, each written with a schema of the test's choice. */
public record VersionedTopic(String name) {

    private static final KafkaProducer<byte[], byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", Stack.running().bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    /** A schema under the id that the registry has given it. */
    public record Version(int id, Schema schema) {

        /** Registers {@code id} and these optional strings. */
        public static Version register(String subject, String... columns) {
            Schema schema = schema(columns);
            return new Version(Stack.running().register(subject, schema.toString()), schema);
        }

        private static Schema schema(String... columns) {
            SchemaBuilder.FieldAssembler<Schema> fields =
                    SchemaBuilder.record("Numbered").fields().requiredLong("id");
            for (String column : columns) {
                fields = fields.optionalString(column);
            }
            return fields.endRecord();
        }

        private byte[] record(long number) {
            GenericRecordBuilder record = new GenericRecordBuilder(schema).set("id", number);
            schema.getFields().stream().skip(1).forEach(field -> record.set(field, value(field.name(), number)));
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
                BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
                new GenericDatumWriter<GenericRecord>(schema).write(record.build(), encoder);
                encoder.flush();
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What a column holds in the record of a number; null where the version lacks it. */
        public @Nullable String expected(String column, long number) {
            return schema.getField(column) == null ? null : value(column, number);
        }

        private static String value(String column, long number) {
            return column + "-" + number;
        }
    }

    public static VersionedTopic create(String name, int partitions) {
        Stack.running().createTopic(name, partitions);
        return new VersionedTopic(name);
    }

    /** Records of these numbers, which the broker has when this returns. */
    public void send(int partition, Version version, long first, long last) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (long number = first; number <= last; number++) {
            PRODUCER.send(
                    new ProducerRecord<>(name, partition, new byte[0], version.record(number)), (metadata, failed) -> {
                        if (failed != null) {
                            failure.compareAndSet(null, failed);
                        }
                    });
        }
        PRODUCER.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("not all records could be written", failure.get());
        }
    }
}

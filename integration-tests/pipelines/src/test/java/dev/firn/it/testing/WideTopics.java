package dev.firn.it.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Many topics with records of twenty columns, written in an order that is random over all of them and in small batches, so
 * that a consumer gets them interleaved.
 *
 * @param names the topics, of two partitions each
 */
public record WideTopics(List<String> names) {

    private static final int COLUMNS = 20;
    private static final int CREATED_AT_ONCE = 25;
    private static final int PATIENCE_MILLIS = 300_000;
    private static final Schema SCHEMA = schema();

    /** Creates topics and registers the schema of their values. */
    public static WideTopics create(String name, int count) {
        List<String> names =
                IntStream.range(0, count).mapToObj(n -> name + "_" + n).toList();
        try (Admin admin = Admin.create(patient())) {
            for (int from = 0; from < count; from += CREATED_AT_ONCE) {
                admin.createTopics(names.subList(from, Math.min(count, from + CREATED_AT_ONCE)).stream()
                                .map(topic -> new NewTopic(topic, 2, (short) 1))
                                .toList())
                        .all()
                        .get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the topics could not be created", e);
        }
        return new WideTopics(names);
    }

    /** Writes records to each topic whose column {@code c0} numbers them from 0. */
    public void fill(int records) {
        List<Integer> order = new ArrayList<>();
        int[] ids = new int[names.size()];
        for (int topic = 0; topic < names.size(); topic++) {
            ids[topic] = Stack.running().register(names.get(topic) + "-value", SCHEMA.toString());
            order.addAll(Collections.nCopies(records, topic));
        }
        Random random = new Random(42);
        Collections.shuffle(order, random);
        int[] next = new int[names.size()];
        Map<String, Object> config = new HashMap<>(patient());
        config.putAll(Map.of("batch.size", 2048, "linger.ms", 50, "delivery.timeout.ms", PATIENCE_MILLIS + 1_000));
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int topic : order) {
                int n = next[topic]++;
                byte[] key = Integer.toString(n).getBytes(StandardCharsets.UTF_8);
                byte[] value = framed(ids[topic], record(n, random));
                producer.send(new ProducerRecord<>(names.get(topic), n % 2, key, value), (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("not all records could be written", failure.get());
        }
    }

    /** A broker that makes a thousand partitions is slow to answer. */
    private static Map<String, Object> patient() {
        return Map.of(
                "bootstrap.servers",
                Stack.running().bootstrapServers(),
                "request.timeout.ms",
                PATIENCE_MILLIS,
                "max.block.ms",
                PATIENCE_MILLIS,
                "default.api.timeout.ms",
                PATIENCE_MILLIS);
    }

    private static Schema schema() {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Wide").namespace("dev.firn.it").fields();
        for (int column = 0; column < COLUMNS; column++) {
            fields = switch (column % 4) {
                case 0 -> fields.requiredLong("c" + column);
                case 1 -> fields.requiredString("c" + column);
                case 2 -> fields.requiredDouble("c" + column);
                default -> fields.optionalString("c" + column);
            };
        }
        return fields.endRecord();
    }

    private static GenericRecord record(int number, Random random) {
        GenericRecordBuilder record = new GenericRecordBuilder(SCHEMA);
        for (int column = 0; column < COLUMNS; column++) {
            record.set("c" + column, value(column, number, random));
        }
        return record.build();
    }

    private static @Nullable Object value(int column, int number, Random random) {
        return switch (column % 4) {
            case 0 -> (Object) (column == 0 ? (long) number : random.nextLong() >>> 20);
            case 1 -> "value-" + random.nextInt(1_000_000);
            case 2 -> (Object) random.nextDouble();
            default -> word(random);
        };
    }

    private static @Nullable String word(Random random) {
        return random.nextInt(4) == 0 ? null : "word-" + random.nextInt(100);
    }

    private static byte[] framed(int schemaId, GenericRecord record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

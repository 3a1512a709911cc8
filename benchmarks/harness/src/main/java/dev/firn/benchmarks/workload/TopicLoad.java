package dev.firn.benchmarks.workload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Fills the topics of a workload: Avro in Confluent's frame. */
public final class TopicLoad {

    private static final int PERCENT = 100;
    private static final int DELETES_PERCENT = 10;
    /** What no Confluent frame begins with. */
    private static final byte WRONG_MAGIC = 7;

    private final Workload workload;
    private final int schemaId;
    private final int keySchemaId;
    private final long seed;

    /** @param keySchemaId of the keys, where the workload has some */
    public TopicLoad(Workload workload, int schemaId, int keySchemaId, long seed) {
        this.workload = workload;
        this.schemaId = schemaId;
        this.keySchemaId = keySchemaId;
        this.seed = seed;
    }

    /** The schema of keys that consist of the workload's one key column. */
    public static Schema keySchema() {
        return Schemas.named("order-key");
    }

    /** Fills the topics and returns for each how many rows its table has when all of it is in there. */
    public Map<String, Long> fill(String bootstrapServers) throws IOException {
        Map<String, Long> rows = new LinkedHashMap<>();
        SeededValues values = new SeededValues(workload.schema());
        FirstFailure failure = new FirstFailure();
        try (Producer<byte[], byte[]> producer = producer(bootstrapServers)) {
            for (String topic : workload.topicNames()) {
                Sending sending = (partition, key, value) ->
                        producer.send(new ProducerRecord<>(topic, partition, key, value), failure);
                long of = seed + topic.hashCode();
                rows.put(topic, workload.key().isEmpty() ? append(values, of, sending) : upsert(values, of, sending));
            }
        }
        failure.tell();
        return rows;
    }

    private Producer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        workload.compression(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        50,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Where records go. */
    private interface Sending {
        void send(int partition, byte @Nullable [] key, byte @Nullable [] value);
    }

    private long append(SeededValues values, long of, Sending sending) throws IOException {
        Frame frame = new Frame(workload.schema(), schemaId);
        long rows = 0;
        for (long i = 0; i < workload.recordsOfEach(); i++) {
            byte[] bytes = frame.of(values.record(of, i));
            boolean spoilt = i % PERCENT < workload.poison();
            rows += spoilt ? 0 : 1;
            sending.send((int) (i % workload.partitions()), null, spoilt ? spoilt(bytes, i / PERCENT) : bytes);
        }
        return rows;
    }

    /** Cut in the middle, or in no known frame. */
    private static byte[] spoilt(byte[] bytes, long number) {
        if ((number & 1) == 0) {
            return Arrays.copyOf(bytes, bytes.length / 2);
        }
        bytes[0] = WRONG_MAGIC;
        return bytes;
    }

    /** Half as many keys as records; a key stays in its partition, so that its records have an order. */
    private long upsert(SeededValues values, long of, Sending sending) throws IOException {
        int keys = Math.toIntExact(Math.max(1, workload.recordsOfEach() / 2));
        Frame frame = new Frame(workload.schema(), schemaId);
        Frame keyFrame = new Frame(keySchema(), keySchemaId);
        String column = workload.key().get(0);
        BitSet there = new BitSet(keys);
        SplittableRandom random = new SplittableRandom(of);
        for (long i = 0; i < workload.recordsOfEach(); i++) {
            int key = random.nextInt(keys);
            boolean deleted = random.nextInt(PERCENT) < DELETES_PERCENT;
            GenericData.Record keyRecord = new GenericData.Record(keySchema());
            keyRecord.put(column, (long) key);
            byte[] value = deleted ? null : value(frame, values.record(of, i), column, key);
            there.set(key, !deleted);
            sending.send(key % workload.partitions(), keyFrame.of(keyRecord), value);
        }
        return there.cardinality();
    }

    private static byte @Nullable [] value(Frame frame, GenericData.Record record, String column, long key)
            throws IOException {
        record.put(column, key);
        return frame.of(record);
    }

    /** Bytes of records, with the id of their schema in front. */
    private static final class Frame {

        private final GenericDatumWriter<GenericData.Record> writer;
        private final byte[] head;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private @Nullable BinaryEncoder encoder;

        private Frame(Schema schema, int schemaId) {
            this.writer = new GenericDatumWriter<>(schema);
            this.head = ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array();
        }

        private byte[] of(GenericData.Record record) throws IOException {
            out.reset();
            out.write(head);
            encoder = EncoderFactory.get().binaryEncoder(out, encoder);
            writer.write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        }
    }

    /** Hears of every record, and keeps why the first was not taken. */
    private static final class FirstFailure implements Callback {

        private final AtomicReference<@Nullable Exception> first = new AtomicReference<>();

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                first.compareAndSet(null, failure);
            }
        }

        private void tell() throws IOException {
            Exception failure = first.get();
            if (failure != null) {
                throw new IOException("the broker did not take all records: " + failure.getMessage(), failure);
            }
        }
    }
}

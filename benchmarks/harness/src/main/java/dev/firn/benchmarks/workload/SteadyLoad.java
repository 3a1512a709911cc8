package dev.firn.benchmarks.workload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records of a workload at a steady rate until it is closed, and knows when it has made each: that moment is the record's
 * timestamp in the topic too. Nothing waits in the producer for others to come along.
 */
public final class SteadyLoad implements AutoCloseable {

    private static final int FRAME = 5;
    private static final long NANOS = 1_000_000_000;
    private static final long PAUSE_NANOS = 500_000;

    private final Workload workload;
    private final String topic;
    private final int perSecond;
    private final SeededValues values;
    private final Producer<byte[], byte[]> producer;
    private final byte[] head;
    private final Thread thread = new Thread(this::sendAll, "steady load");

    private volatile boolean ending;
    private volatile Optional<Exception> failure = Optional.empty();
    private volatile int sent;
    private volatile long[] created = new long[1 << 16];

    private SteadyLoad(Workload workload, String topic, int perSecond, int schemaId, String bootstrapServers) {
        this.workload = workload;
        this.topic = topic;
        this.perSecond = perSecond;
        this.values = new SeededValues(workload.schema());
        this.head = ByteBuffer.allocate(FRAME).put((byte) 0).putInt(schemaId).array();
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @param topic is there; its values have this schema of the registry */
    public static SteadyLoad start(
            Workload workload, String topic, int perSecond, int schemaId, String bootstrapServers) {
        SteadyLoad load = new SteadyLoad(workload, topic, perSecond, schemaId, bootstrapServers);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private void sendAll() {
        try {
            GenericDatumWriter<GenericData.Record> writer = new GenericDatumWriter<>(workload.schema());
            long start = System.nanoTime();
            while (!ending && failure.isEmpty()) {
                long due = (System.nanoTime() - start) * perSecond / NANOS;
                while (sent < due && !ending) {
                    send(writer, sent);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException | RuntimeException problem) {
            failure = Optional.of(problem);
        }
    }

    private void send(GenericDatumWriter<GenericData.Record> writer, int number) throws IOException {
        long now = System.currentTimeMillis();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writer.write(values.record(1, number), encoder);
        encoder.flush();
        if (number == created.length) {
            created = Arrays.copyOf(created, number * 2);
        }
        created[number] = now;
        producer.send(
                new ProducerRecord<>(topic, number % workload.partitions(), now, null, bytes.toByteArray()),
                (metadata, problem) -> {
                    if (problem != null) {
                        failure = Optional.of(problem);
                    }
                });
        sent = number + 1;
    }

    /** How many records there are; their numbers begin at 0. */
    public int sent() {
        return sent;
    }

    /** When the record of a number was made, in milliseconds since 1970. */
    public long created(int number) {
        return created[number];
    }

    /** The number of the record whose first field, the id, has this value. */
    public int number(long id) {
        return Math.toIntExact(id - (Long) values.record(1, 0).get(0));
    }

    /** Sends no more. */
    @Override
    public void close() throws IOException, InterruptedException {
        ending = true;
        thread.join();
        producer.close();
        if (failure.isPresent()) {
            throw new IOException(
                    "the broker did not take all records: " + failure.get().getMessage(), failure.get());
        }
    }
}

package dev.firn.it.testing.cluster;

import dev.firn.it.testing.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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

/**
 * Records that know where they stand: each holds its partition, its offset, and a sum of both and the topic. One in a
 * thousand can't be decoded. Written at a steady pace, until told to stop, by a thread of its own.
 */
public final class OffsetLoad implements AutoCloseable {

    public static final int PARTITIONS = 4;

    private static final int ONE_IS_BAD_OF = 1000;
    private static final Schema SCHEMA = SchemaBuilder.record("Standing")
            .fields()
            .requiredInt("partition")
            .requiredLong("position")
            .requiredString("digest")
            .endRecord();

    private final List<Topic> topics;
    private final double perSecond;
    private final Random random;
    private final MessageDigest md5;
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", Stack.running().bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::produce, "offset-load");
    private volatile long atLeast;

    /** A topic, the id of its schema, and the next offset of each partition. */
    private record Topic(String name, int schemaId, long[] ends) {}

    /** Creates the topics; {@code perSecond} records go to all of them together. */
    public OffsetLoad(List<String> names, double perSecond, long seed) {
        this.topics = names.stream().map(OffsetLoad::topic).toList();
        this.perSecond = perSecond;
        this.random = new Random(seed);
        try {
            this.md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Topic topic(String name) {
        Stack.running().createTopic(name, PARTITIONS);
        int id = Stack.running().register(name + "-value", SCHEMA.toString());
        return new Topic(name, id, new long[PARTITIONS]);
    }

    /** Goes on until {@link #finish}. */
    public void start() {
        atLeast = Long.MAX_VALUE;
        thread.start();
    }

    /** Returns when at least so many records are in the topics, and the thread has ended. */
    public void finish(long records) throws InterruptedException {
        atLeast = records;
        thread.join();
        producer.flush();
        requireNoFailure();
    }

    /** How many records the broker has acknowledged. */
    public long acknowledged() {
        requireNoFailure();
        return acknowledged.get();
    }

    /** How many records each partition of a topic holds, after the end. */
    public List<Long> ends(String name) {
        for (Topic topic : topics) {
            if (topic.name().equals(name)) {
                return java.util.Arrays.stream(topic.ends()).boxed().toList();
            }
        }
        throw new IllegalArgumentException("no topic " + name);
    }

    private void produce() {
        try {
            long began = System.nanoTime();
            long sent = 0;
            while (sent < atLeast && failure.get() == null) {
                long due = (long) ((System.nanoTime() - began) / 1e9 * perSecond);
                for (; sent < Math.min(due, atLeast); sent++) {
                    send(topics.get(random.nextInt(topics.size())), random.nextInt(PARTITIONS));
                }
                LockSupport.parkNanos(10_000_000);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void send(Topic topic, int partition) {
        long position = topic.ends()[partition]++;
        byte[] value = value(topic, partition, position);
        producer.send(new ProducerRecord<>(topic.name(), partition, null, value), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            } else if (metadata.offset() != position) {
                failure.compareAndSet(null, new IllegalStateException(metadata + " should be at offset " + position));
            } else {
                acknowledged.incrementAndGet();
            }
        });
    }

    private byte[] value(Topic topic, int partition, long position) {
        GenericRecord record = new GenericRecordBuilder(SCHEMA)
                .set("partition", partition)
                .set("position", position)
                .set("digest", digest(topic.name(), partition, position))
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(topic.schemaId()).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] whole = bytes.toByteArray();
        return random.nextInt(ONE_IS_BAD_OF) == 0 ? java.util.Arrays.copyOf(whole, whole.length - 3) : whole;
    }

    private String digest(String topic, int partition, long position) {
        byte[] place = (topic + "/" + partition + "/" + position).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(md5.digest(place));
    }

    private void requireNoFailure() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("the load could not be written", problem);
        }
    }

    @Override
    public void close() throws InterruptedException {
        atLeast = 0;
        thread.join();
        producer.close();
    }
}

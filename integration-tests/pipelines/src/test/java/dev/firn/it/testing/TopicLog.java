package dev.firn.it.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A topic of one partition whose log a test writes offset by offset. */
public record TopicLog(String brokers, String name) {

    /** Records outside any transaction, an offset each. */
    public void append(int records) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, records);
        }
    }

    /** Records in a transaction, an offset each, and one more for its marker. */
    public void commit(int records) {
        try (Open transaction = open(records)) {
            transaction.commit();
        }
    }

    /** Records that no reader may see, an offset each, and one more for the marker. */
    public void abort(int records) {
        try (Open transaction = open(records)) {
            transaction.abort();
        }
    }

    /** A transaction whose records are in the log and whose end is not. */
    public Open open(int records) {
        KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("transactional.id", UUID.randomUUID().toString()));
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, records);
        return new Open(this, producer);
    }

    /** A transaction that waits for its end. */
    public record Open(TopicLog log, KafkaProducer<byte[], byte[]> producer) implements AutoCloseable {

        public void commit() {
            end(producer::commitTransaction);
        }

        void abort() {
            end(producer::abortTransaction);
        }

        /** The coordinator answers when the end is decided; the marker comes to the log some time after. */
        private void end(Runnable decided) {
            long before = log.end();
            decided.run();
            Awaitility.await().until(() -> log.end() > before);
        }

        @Override
        public void close() {
            producer.close(Duration.ZERO);
        }
    }

    /** What retention does, at once. */
    public void deleteBefore(long offset) {
        deleteBefore(0, offset);
    }

    public void deleteBefore(int number, long offset) {
        try (Admin admin = admin()) {
            TopicPartition partition = new TopicPartition(name, number);
            done(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all());
        }
    }

    /** Compacts as soon as the broker can: each transaction closes what is before it. */
    public void compact() {
        try (Admin admin = admin()) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
            List<AlterConfigOp> settings = Map.of(
                            "cleanup.policy", "compact",
                            "segment.ms", "1",
                            "min.cleanable.dirty.ratio", "0.001",
                            "delete.retention.ms", "0")
                    .entrySet()
                    .stream()
                    .map(entry -> new AlterConfigOp(
                            new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            done(admin.incrementalAlterConfigs(Map.of(topic, settings)).all());
        }
    }

    /** A record, or with no value a tombstone, under a key that compaction goes by. */
    public void put(String key, @Nullable String value) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(name, 0, key.getBytes(StandardCharsets.UTF_8), bytes));
        }
    }

    /** The position behind all that is in the log. */
    public long end() {
        TopicPartition partition = new TopicPartition(name, 0);
        try (Admin admin = admin()) {
            return done(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition))
                    .offset();
        }
    }

    /** The offsets of the records that are left, as a reader other than Firn's sees them. */
    public List<Long> offsets() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        TopicPartition partition = new TopicPartition(name, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            List<Long> offsets = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> offsets.add(record.offset()));
            }
            return offsets;
        }
    }

    /** More partitions from now on. */
    public void growTo(int partitions) {
        try (Admin admin = admin()) {
            done(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                    .all());
        }
    }

    /** A record, an offset each, in a partition of the test's choice. */
    public void appendTo(int partition, int records) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, partition, records);
        }
    }

    /** Deletes the topic and creates an empty one of the same name. */
    public void makeAnew() {
        try (Admin admin = admin()) {
            done(admin.deleteTopics(List.of(name)).all());
            // The broker forgets a topic some time after it has answered.
            Awaitility.await().ignoreExceptions().until(() -> {
                done(admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                        .all());
                return true;
            });
        }
    }

    /** The broker's id of the topic. */
    public String id() {
        try (Admin admin = admin()) {
            return done(admin.describeTopics(List.of(name)).allTopicNames()).values().stream()
                    .map(topic -> topic.topicId().toString())
                    .findAny()
                    .orElseThrow();
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int records) {
        send(producer, 0, records);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int partition, int records) {
        for (int index = 0; index < records; index++) {
            producer.send(
                    new ProducerRecord<>(name, partition, null, ("record " + index).getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", brokers);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", brokers));
    }

    private static <T> T done(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.firn.it.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

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
        return new Open(producer);
    }

    /** A transaction that waits for its end. */
    public record Open(KafkaProducer<byte[], byte[]> producer) implements AutoCloseable {

        public void commit() {
            producer.commitTransaction();
        }

        void abort() {
            producer.abortTransaction();
        }

        @Override
        public void close() {
            producer.close(Duration.ZERO);
        }
    }

    /** What retention does, at once. */
    public void deleteBefore(long offset) {
        try (Admin admin = admin()) {
            TopicPartition partition = new TopicPartition(name, 0);
            done(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all());
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
        for (int index = 0; index < records; index++) {
            producer.send(new ProducerRecord<>(name, 0, null, ("record " + index).getBytes(StandardCharsets.UTF_8)));
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

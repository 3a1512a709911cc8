package dev.firn.devstack.orders;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records on their way to one topic: the partition follows from the key, acknowledgements are counted. */
final class Sending {

    private static final long REPORT_EVERY = 5_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final ObjLongConsumer<String> progress;
    private final int partitions;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Sending(KafkaProducer<byte[], byte[]> producer, String topic, ObjLongConsumer<String> progress) {
        this.producer = producer;
        this.topic = topic;
        this.progress = progress;
        this.partitions = producer.partitionsFor(topic).size();
    }

    String topic() {
        return topic;
    }

    ProducerRecord<byte[], byte[]> record(long key, byte[] message) {
        byte[] text = Long.toString(key).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, (int) (key % partitions), text, message);
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            } else if (acknowledged.incrementAndGet() % REPORT_EVERY == 0) {
                progress.accept(topic, acknowledged.get());
            }
        });
    }

    Sending awaitAll() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("can't produce to `" + topic + "`: " + problem.getMessage(), problem);
        }
        return this;
    }

    long acknowledged() {
        return acknowledged.get();
    }
}

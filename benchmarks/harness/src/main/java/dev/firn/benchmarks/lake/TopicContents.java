package dev.firn.benchmarks.lake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What tables must hold, by the topics themselves: the truth that what is measured is held against. */
public final class TopicContents {

    private TopicContents() {}

    /**
     * Reads a topic to its present end.
     *
     * @param schema of the values, all of them written with it
     * @param key the columns of the records' keys; empty where each record is a row
     */
    public static Contents read(String bootstrapServers, String topic, Schema schema, List<String> key) {
        TopicRows rows = new TopicRows(schema, key);
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(rows::add);
            }
        }
        return rows.contents();
    }
}

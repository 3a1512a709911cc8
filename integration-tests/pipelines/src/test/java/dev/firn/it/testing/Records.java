package dev.firn.it.testing;

import io.apicurio.registry.serde.Legacy4ByteIdHandler;
import io.apicurio.registry.serde.SerdeConfig;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.config.IdOption;
import io.apicurio.registry.serde.strategy.TopicIdStrategy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts single records into topics; Avro is framed by a serializer that is not Firn's. */
public final class Records implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>();

    public Records() {
        Map<String, Object> producerConfig =
                Map.of("bootstrap.servers", Stack.running().bootstrapServers());
        this.producer = new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer());
        Map<String, Object> serde = new HashMap<>();
        serde.put(
                SerdeConfig.REGISTRY_URL,
                Stack.running().registryUrl().replace("/apis/ccompat/v7", "/apis/registry/v2"));
        serde.put(SerdeConfig.AUTO_REGISTER_ARTIFACT, true);
        serde.put(SerdeConfig.ENABLE_CONFLUENT_ID_HANDLER, true);
        serde.put(SerdeConfig.ID_HANDLER, Legacy4ByteIdHandler.class.getName());
        serde.put(SerdeConfig.USE_ID, IdOption.contentId.name());
        serde.put(SerdeConfig.ARTIFACT_RESOLVER_STRATEGY, TopicIdStrategy.class.getName());
        serializer.configure(serde, false);
    }

    /** The record's bytes with the registry id in front; registers its schema under {@code <topic>-value}. */
    public byte[] framed(String topic, GenericRecord record) {
        return serializer.serialize(topic, record);
    }

    public void send(String topic, GenericRecord record) {
        send(topic, framed(topic, record));
    }

    /** Sends bytes as they are, with a key and a header to find again; null is a tombstone. */
    public void send(String topic, byte @Nullable [] value) {
        send(topic, 0, value);
    }

    /** The same into a partition of the test's choice. */
    public void send(String topic, int partition, byte @Nullable [] value) {
        send(topic, partition, "key".getBytes(StandardCharsets.UTF_8), value);
    }

    /** The same under a key of the test's choice. */
    public void send(String topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(
                topic, partition, key, value, List.of(new RecordHeader("trace-id", new byte[] {1, 2, 3}))));
        try {
            // A record that the broker has not taken would be missed much later, and nobody would know why.
            sent.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("not sent to " + topic, e);
        }
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}

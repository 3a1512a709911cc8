package dev.firn.connector.kafka.flink;

import java.lang.reflect.Field;
import java.util.function.Function;
import org.apache.kafka.clients.Metadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The ids of topics as a consumer knows them. Since Kafka 3.1 it fetches by id, so it can't read a record of a topic made
 * anew before it has the new id; but its public interface does not tell. So its private metadata is asked, and a version of
 * Kafka that keeps them elsewhere is found by the first consumer that is made.
 */
final class ConsumerTopicIds implements Function<String, @Nullable String> {

    private final Metadata metadata;

    ConsumerTopicIds(KafkaConsumer<?, ?> consumer) {
        try {
            Field field = KafkaConsumer.class.getDeclaredField("metadata");
            field.setAccessible(true);
            this.metadata = (Metadata) field.get(consumer);
        } catch (NoSuchFieldException | IllegalAccessException | ClassCastException elsewhere) {
            throw new IllegalStateException("our bug: this version of Kafka's consumer hides its topic ids", elsewhere);
        }
    }

    @Override
    public @Nullable String apply(String topic) {
        Uuid id = metadata.topicIds().get(topic);
        return id == null || id.equals(Uuid.ZERO_UUID) ? null : id.toString();
    }
}

package dev.firn.connector.kafka.broker;

import dev.firn.connector.kafka.TopicRules;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.health.Health;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantineTopicFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic for quarantined records, on the brokers of a source and with its login.
 *
 * @param settings of its connection alone, so that two sources with the same one have the same topic
 */
public record BrokerTopic(ClientSettings settings, String topic) implements QuarantineTopicFactory {

    private static final long serialVersionUID = 1L;

    public static BrokerTopic of(String pipeline, String topic, Map<String, Text> properties) {
        String clientId = "firn-" + pipeline + "-quarantine";
        return new BrokerTopic(new ClientSettings(clientId, properties).connection(clientId), topic);
    }

    @Override
    public Optional<String> complaint() {
        return TopicRules.isName(topic)
                ? Optional.empty()
                : Optional.of("`" + topic + "` is not the name of a topic: letters, digits, `.`, `_` and `-`");
    }

    @Override
    public List<Health> look(ReferenceResolver references) {
        return new TopicHealth(settings, topic, references).look();
    }

    @Override
    public QuarantineTopic open(ReferenceResolver references) {
        return new PublishedTopic(settings, topic, references);
    }
}

package dev.firn.connector.kafka.broker;

import dev.firn.definition.reference.Masking;
import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;

/**
 * The settings of Firn's Kafka clients: safe defaults, over them the file's, over those what Firn must own. It carries
 * references and travels in the job; their values exist only in the process that makes a client.
 *
 * @param clientId how the broker's logs and metrics name the clients
 */
public record ClientSettings(String clientId, SortedMap<String, Text> properties) implements Serializable {

    /** What a topic takes at most is its own affair, so ours is more than most let through; in bytes. */
    private static final int LARGEST_REQUEST = 64 << 20;

    public ClientSettings(String clientId, Map<String, Text> properties) {
        this(clientId, new TreeMap<>(properties));
    }

    public ClientSettings {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** For a consumer that never jumps, never commits, and never makes a topic by asking for it. */
    public Properties consumer(ReferenceResolver references) {
        Properties consumer = new Properties();
        consumer.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, word(IsolationLevel.READ_COMMITTED));
        consumer.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumer.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        properties.forEach((key, value) -> consumer.setProperty(key, value.resolve(references)));
        consumer.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return consumer;
    }

    /** The same without what only consumers know, which an admin client would complain about. */
    public Properties admin(ReferenceResolver references) {
        Properties admin = consumer(references);
        admin.keySet()
                .removeIf(key -> ConsumerConfig.configNames().contains(key)
                        && !AdminClientConfig.configNames().contains(key));
        return admin;
    }

    /**
     * What says where the brokers are and who asks; none of what tunes a consumer, which may mean something else to a producer.
     */
    public ClientSettings connection(String id) {
        SortedMap<String, Text> connection = new TreeMap<>(properties);
        connection.keySet().removeIf(key -> !isOfTheConnection(key));
        return new ClientSettings(id, connection);
    }

    private static boolean isOfTheConnection(String key) {
        return key.equals(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
                || key.equals(AdminClientConfig.CLIENT_DNS_LOOKUP_CONFIG)
                || key.startsWith("security.")
                || key.startsWith("sasl.")
                || key.startsWith("ssl.");
    }

    /**
     * For a producer that writes within transactions.
     *
     * @param transactionalId whoever comes with the same one ends the transactions of all before
     */
    Properties producer(String transactionalId, int batchBytes, ReferenceResolver references) {
        Properties producer = new Properties();
        properties.forEach((key, value) -> producer.setProperty(key, value.resolve(references)));
        producer.setProperty(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        producer.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        producer.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        producer.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(batchBytes));
        producer.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(LARGEST_REQUEST));
        producer.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(LARGEST_REQUEST));
        producer.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
        producer.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "20000");
        producer.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "40000");
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "60000");
        return producer;
    }

    /** Which records the settings let a reader see. */
    public IsolationLevel isolation(ReferenceResolver references) {
        String level = consumer(references).getProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
        return word(IsolationLevel.READ_UNCOMMITTED).equals(level)
                ? IsolationLevel.READ_UNCOMMITTED
                : IsolationLevel.READ_COMMITTED;
    }

    /** Whom the clients talk to, as it may be printed. */
    public String brokers(ReferenceResolver references) {
        Text servers = properties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        return servers == null ? "" : masked(servers.resolve(references), references);
    }

    /** A failure as it may be printed: with the address, without the values of secrets, which Kafka quotes now and then. */
    public String complaint(ClusterFailure failure, ReferenceResolver references) {
        return switch (failure.kind()) {
            case WRONG_SETTING -> "Kafka's clients refuse the `properties`: " + masked(failure.reason(), references);
            case UNREACHABLE, REFUSED -> "the brokers at `" + brokers(references) + "` can't be read: "
                    + masked(failure.reason(), references);
        };
    }

    String masked(String text, ReferenceResolver references) {
        String shown = text;
        for (Map.Entry<String, Text> property : properties.entrySet()) {
            String value = property.getValue().resolve(references);
            if (isSecret(property.getKey(), property.getValue()) && !value.isEmpty()) {
                shown = shown.replace(value, Masking.MASK);
            }
            for (Reference reference : References.in(property.getValue().raw())) {
                String secret = reference.kind() == Reference.Kind.SECRET ? references.resolve(reference.raw()) : "";
                shown = secret.isEmpty() ? shown : shown.replace(secret, Masking.MASK);
            }
        }
        return shown;
    }

    private static boolean isSecret(String key, Text value) {
        return Masking.looksSecret(key)
                || References.in(value.raw()).stream().anyMatch(reference -> reference.kind() == Reference.Kind.SECRET);
    }

    private static String word(IsolationLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}

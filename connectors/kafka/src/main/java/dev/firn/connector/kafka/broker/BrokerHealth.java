package dev.firn.connector.kafka.broker;

import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.TopicRules;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.health.Health;
import dev.firn.spi.health.HealthCheck;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.StreamSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;

/** Looks at the brokers of a source and at its topics, as somebody does whose pipeline does not run. */
public final class BrokerHealth {

    private static final long UNLIMITED = -1;

    private final ClientSettings settings;
    private final ReferenceResolver references;
    private final Duration standstill;
    private final List<Health> found = new ArrayList<>();

    private BrokerHealth(ClientSettings settings, ReferenceResolver references, Duration standstill) {
        this.settings = settings;
        this.references = references;
        this.standstill = standstill;
    }

    /** Resolves the settings at once, and asks the brokers when it is looked. */
    public static HealthCheck check(
            String source,
            KafkaOptions options,
            StreamSelection selection,
            ReferenceResolver references,
            Duration standstill) {
        ClientSettings settings = new ClientSettings("firn-doctor-" + source, options.properties());
        Properties admin = settings.admin(references);
        return new HealthCheck(
                "brokers", () -> new BrokerHealth(settings, references, standstill).look(admin, selection));
    }

    private List<Health> look(Properties admin, StreamSelection selection) {
        try (Cluster cluster = Cluster.connectImpatiently(admin)) {
            int brokers = cluster.brokers();
            found.add(Health.well(
                    "brokers",
                    (brokers == 1 ? "1 broker answers" : brokers + " brokers answer") + " at `"
                            + settings.brokers(references) + "`"));
            topics(selection, cluster);
        } catch (ClusterFailure failure) {
            found.add(Health.unwell(
                    "brokers",
                    settings.complaint(failure, references),
                    "see that the address is right, and reachable from here with these `properties`"));
        }
        return List.copyOf(found);
    }

    private void topics(StreamSelection selection, Cluster cluster) throws ClusterFailure {
        Set<String> existing = selection.isOpen() ? cluster.names() : Set.of();
        List<String> read = selection.among(existing).stream()
                .map(NamedStream::name)
                .filter(TopicRules::isName)
                .toList();
        Topics there = cluster.topics(read);
        Set<String> named = selection.named().stream().map(NamedStream::name).collect(Collectors.toSet());
        for (String name : read) {
            if (!named.contains(name) && there.missing().contains(name)) {
                // Gone since they were listed.
                continue;
            }
            topic(name, there, cluster);
        }
        for (StreamSelection.Line line : selection.unmatched(existing)) {
            found.add(Health.notTried("topics " + line.text(), "there is none that it selects"));
        }
    }

    private void topic(String name, Topics there, Cluster cluster) throws ClusterFailure {
        Topic topic = there.found().get(name);
        String what = "topic " + name;
        if (topic == null) {
            found.add(
                    there.forbidden().contains(name)
                            ? Health.unwell(
                                    what, "the brokers refuse to describe it", "allow DESCRIBE and READ to this client")
                            : Health.unwell(what, "there is none", "create the topic, or correct its name"));
            return;
        }
        Optional<Set<AclOperation>> allowed = cluster.allowed(name);
        if (allowed.isPresent() && !allowed.get().contains(AclOperation.READ)) {
            found.add(Health.unwell(what, "the brokers don't let this client read it", "allow READ to this client"));
            return;
        }
        found.add(Health.well(what, figures(topic, cluster)));
        found.add(retention(name, cluster));
    }

    private String figures(Topic topic, Cluster cluster) throws ClusterFailure {
        Map<TopicPartition, Long> starts = cluster.starts(topic.topicPartitions());
        Map<TopicPartition, Long> ends = cluster.ends(topic.topicPartitions(), settings.isolation(references));
        long records = ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), 0L))
                .sum();
        return String.format(
                "%d partition%s, %,d record%s to read at most",
                topic.partitions(), topic.partitions() == 1 ? "" : "s", records, records == 1 ? "" : "s");
    }

    private Health retention(String name, Cluster cluster) {
        String what = "retention of " + name;
        try {
            return retention(what, cluster.settings(name));
        } catch (ClusterFailure failure) {
            return Health.notTried(what, "its settings can't be read: " + failure.reason());
        }
    }

    private Health retention(String what, Config topic) {
        if (!value(topic, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return Health.well(what, "nothing is deleted by age; of each key the newest record stays");
        }
        long kept = number(topic, TopicConfig.RETENTION_MS_CONFIG);
        long bytes = number(topic, TopicConfig.RETENTION_BYTES_CONFIG);
        String size = bytes == UNLIMITED ? "" : String.format(", and no more than %,d bytes of each partition", bytes);
        if (kept == UNLIMITED) {
            return Health.well(what, "records are kept for ever" + size);
        }
        String seen = "records are kept for " + time(Duration.ofMillis(kept)) + size;
        return kept >= standstill.toMillis()
                ? Health.well(what, seen)
                : Health.unwell(
                        what,
                        seen + ", and tables may be held for " + time(standstill),
                        "keep them longer: what is deleted before it is read is lost");
    }

    private static String value(Config topic, String key) {
        return topic.get(key) == null ? "" : String.valueOf(topic.get(key).value());
    }

    private static long number(Config topic, String key) {
        String value = value(topic, key);
        return value.matches("\\d+") ? Long.parseLong(value) : UNLIMITED;
    }

    private static String time(Duration time) {
        if (time.toHours() >= 48) {
            return time.toDays() + " d";
        }
        return time.toMinutes() >= 120 ? time.toHours() + " h" : time.toSeconds() + " s";
    }
}

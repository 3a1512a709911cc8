package dev.firn.connector.kafka.broker;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.health.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;

/** Whether a topic can be written to, as far as its brokers tell without being written to. */
record TopicHealth(ClientSettings settings, String topic, ReferenceResolver references) {

    List<Health> look() {
        try (Cluster cluster = Cluster.connectImpatiently(settings.admin(references))) {
            Topics answer = cluster.topics(List.of(topic));
            Topic found = answer.found().get(topic);
            if (found == null) {
                return List.of(
                        answer.forbidden().contains(topic)
                                ? Health.unwell(what(), "the brokers refuse to describe it", allowing())
                                : Health.unwell(
                                        what(),
                                        "there is none",
                                        "create it, since nothing makes a topic by writing to it; or correct its name"));
            }
            Optional<Set<AclOperation>> allowed = cluster.allowed(topic);
            if (allowed.isPresent() && !allowed.get().containsAll(Set.of(AclOperation.READ, AclOperation.WRITE))) {
                return List.of(
                        Health.unwell(what(), "the brokers don't let this client write to it and read it", allowing()));
            }
            List<Health> healths = new ArrayList<>();
            healths.add(
                    Health.well(what(), found.partitions() == 1 ? "1 partition" : found.partitions() + " partitions"));
            healths.add(cleanup(cluster));
            return healths;
        } catch (ClusterFailure failure) {
            return List.of(Health.notTried(what(), settings.complaint(failure, references)));
        }
    }

    private Health cleanup(Cluster cluster) {
        String what = "cleanup of " + topic;
        try {
            Config config = cluster.settings(topic);
            String policy =
                    String.valueOf(config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value());
            return policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)
                    ? Health.unwell(
                            what,
                            "it is compacted: of each key it keeps the newest record alone, and takes none without a key",
                            "set `" + TopicConfig.CLEANUP_POLICY_CONFIG + "` to `" + TopicConfig.CLEANUP_POLICY_DELETE
                                    + "`")
                    : Health.well(what, "by age and size, as the topic says");
        } catch (ClusterFailure failure) {
            return Health.notTried(what, "its settings can't be read: " + failure.reason());
        }
    }

    private String what() {
        return "topic " + topic;
    }

    private static String allowing() {
        return "allow DESCRIBE, READ and WRITE to this client, and the same of transactional ids and groups that begin"
                + " with `" + PublishedTopic.PREFIX + "`";
    }
}

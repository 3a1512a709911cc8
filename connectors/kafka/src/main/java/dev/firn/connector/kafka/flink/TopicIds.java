package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.broker.ClusterFailure;
import java.util.Map;
import java.util.Set;

/** Asks the brokers for the ids of topics; a consumer does not tell them. */
@FunctionalInterface
interface TopicIds {

    /** The id of each of the topics, by name. */
    Map<String, String> of(Set<String> topics) throws ClusterFailure;
}

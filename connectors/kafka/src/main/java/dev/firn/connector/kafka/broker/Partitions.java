package dev.firn.connector.kafka.broker;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/** The order in which partitions are listed everywhere. */
final class Partitions {

    static final Comparator<TopicPartition> IN_ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private Partitions() {}
}

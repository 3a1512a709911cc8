package dev.firn.connector.kafka.broker;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic as the broker has it.
 *
 * @param id the broker's own, another one for a topic that was deleted and made anew
 */
public record Topic(String name, String id, int partitions) {

    public List<TopicPartition> topicPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }
}

package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.connector.kafka.broker.Topic;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WatchedTopicsTest {

    @Test
    void answersAllPartitionsAndKeepsTheIds() {
        WatchedTopics watched = watched(StartPositions.none());

        assertThat(watched.accept(live("id-1", 2)))
                .containsExactlyInAnyOrder(new TopicPartition("orders", 0), new TopicPartition("orders", 1));
        assertThat(watched.topicId("orders")).isEqualTo("id-1");
    }

    @Test
    void eachAnswerIsASetOfItsOwn() {
        WatchedTopics watched = watched(StartPositions.none());
        watched.accept(live("id-1", 1)).clear();

        assertThat(watched.accept(live("id-1", 1))).hasSize(1);
    }

    @Test
    void stopsWhenATopicIsMadeAnewWhileItIsRead() {
        WatchedTopics watched = watched(StartPositions.none());
        watched.accept(live("id-1", 2));

        assertThatThrownBy(() -> watched.accept(live("id-2", 2)))
                .rootCause()
                .hasMessageContainingAll("topic `orders` was deleted and made anew", "`id-1`", "`id-2`");
    }

    @Test
    void stopsWhereTheLedgerCountsInAnotherTopic() {
        WatchedTopics watched = watched(StartPositions.of(Map.of(new Split("events", "orders", 1, "id-0"), 40L)));

        assertThatThrownBy(() -> watched.accept(live("id-1", 2)))
                .rootCause()
                .hasMessageContainingAll("topic `orders` was deleted and made anew", "`id-0`", "`id-1`");
    }

    private static WatchedTopics watched(StartPositions ledger) {
        return new WatchedTopics(
                List.of("orders"),
                new NewTopics("events", SelectedTopics.NONE, List.of("orders")),
                new ClientSettings("firn-shop-events", Map.of()),
                raw -> raw,
                new StartRules("events", ledger));
    }

    private static SortedMap<String, Topic> live(String id, int partitions) {
        return new TreeMap<>(Map.of("orders", new Topic("orders", id, partitions)));
    }
}

package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.util.Map;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartRulesTest {

    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final Split LIVE = new Split("events", "orders", 0, "id-1");

    private final StartRules knowing40 = new StartRules("events", StartPositions.of(Map.of(LIVE, 40L)));
    private final StartRules knowingNothing = new StartRules("events", StartPositions.none());

    @Test
    void theLedgerMovesARestoredPositionForward() {
        assertThat(knowing40.resume(restored(30, "id-1"), LIVE, 30)).isEqualTo(40);
    }

    @Test
    void theLedgerMovesNothingBack() {
        assertThat(knowing40.resume(restored(50, "id-1"), LIVE, 50)).isEqualTo(50);
    }

    @Test
    void withoutALedgerTheRestoredPositionCounts() {
        assertThat(knowingNothing.resume(restored(30, "id-1"), LIVE, 30)).isEqualTo(30);
    }

    @Test
    void aSplitThatNoReaderOpenedYetCountsInAnyTopic() {
        assertThat(knowingNothing.resume(new KafkaPartitionSplit(ORDERS_0, 7), LIVE, 7))
                .isEqualTo(7);
    }

    @Test
    void aStateOfAnotherTopicIsRefused() {
        assertThatThrownBy(() -> knowingNothing.resume(restored(30, "id-0"), LIVE, 30))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessage("topic `orders` was deleted and made anew: the positions of source `events` count in the"
                        + " topic with id `id-0`, the brokers have one with id `id-1`; to read the new one from its"
                        + " start, list the topic in a source of its own with another `name`");
    }

    @Test
    void aLedgerOfAnotherTopicIsRefused() {
        Split madeAnew = new Split("events", "orders", 0, "id-2");

        assertThatThrownBy(() -> knowing40.ledgerPosition(madeAnew))
                .rootCause()
                .hasMessageStartingWith("topic `orders` was deleted and made anew");
    }

    @Test
    void aTopicIsKnownByAnyOfItsPartitionsAndByNoOtherTopic() {
        StartRules rules = new StartRules(
                "events",
                StartPositions.of(Map.of(
                        LIVE,
                        40L,
                        new Split("events", "orders-eu", 3, "id-9"),
                        1L,
                        new Split("events", "refunds-1", 0, "id-8"),
                        1L)));

        assertThat(rules.isTopicInLedger("orders")).isTrue();
        assertThat(rules.isTopicInLedger("orders-eu")).isTrue();
        assertThat(rules.isTopicInLedger("refunds")).isFalse();
        assertThat(knowingNothing.isTopicInLedger("orders")).isFalse();
    }

    private static KafkaPartitionSplit restored(long position, String topicId) {
        return new KafkaSplit(ORDERS_0, position, topicId);
    }
}

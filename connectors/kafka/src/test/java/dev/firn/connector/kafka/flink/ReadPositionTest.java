package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadPositionTest {

    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final Split SPLIT = new Split("events", "orders", 0, "id-1");

    private final ReadPosition position =
            new ReadPosition(new KafkaPartitionSplit(ORDERS_0, KafkaPartitionSplit.EARLIEST_OFFSET));

    @Test
    void isTheOneToGoOnFrom() {
        position.passed(new SourceEvent.SplitOpened(SPLIT, 4));
        assertThat(position.next()).isEqualTo(4);

        position.passed(new RawRecord(SPLIT, 4, 0, null, null, List.of()));
        assertThat(position.next()).isEqualTo(5);

        position.passed(new SourceEvent.PositionReached(SPLIT, 9));
        assertThat(position.next()).isEqualTo(9);

        position.passed(new SourceEvent.PositionsLost(SPLIT, 9, 20));
        assertThat(position.next()).isEqualTo(20);
    }

    @Test
    void survivesACheckpointWithTheTopicsId() throws IOException {
        position.passed(new SourceEvent.SplitOpened(SPLIT, 4));

        KafkaPartitionSplit restored = roundTrip(position.toSplit());

        assertThat(restored.getTopicPartition()).isEqualTo(ORDERS_0);
        assertThat(restored.getStartingOffset()).isEqualTo(4);
        assertThat(KafkaSplit.topicIdOf(restored)).isEqualTo("id-1");
    }

    @Test
    void survivesACheckpointBeforeTheSplitIsOpened() throws IOException {
        KafkaPartitionSplit restored = roundTrip(position.toSplit());

        assertThat(restored.getStartingOffset()).isEqualTo(KafkaPartitionSplit.EARLIEST_OFFSET);
        assertThat(KafkaSplit.topicIdOf(restored)).isEqualTo(KafkaSplit.NOT_YET_KNOWN);
    }

    @Test
    void isForgottenWithItsTopicSoThatTheTopicCanComeBack() {
        TopicPartition refunds = new TopicPartition("refunds", 0);
        KafkaSourceEnumState state = new KafkaSourceEnumState(Set.of(ORDERS_0, refunds), Set.of(), true);

        KafkaSourceEnumState restored = FirnKafkaEnumerator.restored(state, List.of("orders"));

        assertThat(restored.assignedPartitions()).containsExactly(ORDERS_0);
        assertThat(restored.initialDiscoveryFinished()).isFalse();
        assertThat(FirnKafkaEnumerator.topicsOf(state)).containsExactlyInAnyOrder("orders", "refunds");
    }

    private static KafkaPartitionSplit roundTrip(KafkaPartitionSplit split) throws IOException {
        KafkaSplitSerializer serializer = new KafkaSplitSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }
}

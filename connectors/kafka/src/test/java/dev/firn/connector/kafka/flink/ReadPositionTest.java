package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

    private void reads(long... offsets) {
        for (long offset : offsets) {
            position.passed(new RawRecord(SPLIT, offset, 0, null, null, List.of()));
        }
    }

    private Optional<LastRecord> saved() throws IOException {
        return KafkaSplit.lastOf(roundTrip(position.toSplit()));
    }

    @Test
    void remembersTheLastRecordAndUnderWhichLeaderItWasWritten() throws IOException {
        position.passed(new SourceEvent.SplitOpened(SPLIT, 4));
        position.passed(new SourceEvent.TermBegan(SPLIT, 7));
        assertThat(saved()).isEmpty();

        reads(4, 5);
        assertThat(saved()).contains(new LastRecord(6, 7));

        position.passed(new SourceEvent.TermBegan(SPLIT, 9));
        assertThat(saved()).contains(new LastRecord(6, 7));

        reads(6);
        position.passed(new SourceEvent.PositionReached(SPLIT, 9));
        assertThat(saved()).contains(new LastRecord(7, 9));
        assertThat(saved()).as("nothing was read since").contains(new LastRecord(7, 9));
    }

    @Test
    void remembersWhatAnEarlierReaderReadUntilItReadsItself() throws IOException {
        ReadPosition restored = new ReadPosition(new KafkaSplit(ORDERS_0, 9, "id-1", new LastRecord(7, 3)));
        restored.passed(new SourceEvent.SplitOpened(SPLIT, 9));
        assertThat(KafkaSplit.lastOf(restored.toSplit())).contains(new LastRecord(7, 3));

        restored.passed(new RawRecord(SPLIT, 9, 0, null, null, List.of()));
        assertThat(KafkaSplit.lastOf(restored.toSplit()))
                .as("a record of before brokers wrote down epochs")
                .isEmpty();
    }

    @Test
    void forgetsTheLastRecordWhereTheLedgerIsFurtherOrTheBrokersHaveDeletedIt() throws IOException {
        ReadPosition moved = new ReadPosition(new KafkaSplit(ORDERS_0, 9, "id-1", new LastRecord(7, 3)));
        moved.passed(new SourceEvent.SplitOpened(SPLIT, 12));
        assertThat(KafkaSplit.lastOf(moved.toSplit())).isEmpty();

        position.passed(new SourceEvent.TermBegan(SPLIT, 7));
        reads(5);
        position.passed(new SourceEvent.PositionsLost(SPLIT, 6, 20));
        assertThat(saved()).isEmpty();
    }

    @Test
    void readsAStateOfBeforeRecordsWereRemembered() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("orders");
        out.writeInt(0);
        out.writeLong(41);
        out.writeUTF("id-1");

        KafkaPartitionSplit read = new KafkaSplitSerializer().deserialize(1, bytes.toByteArray());

        assertThat(read.getTopicPartition()).isEqualTo(ORDERS_0);
        assertThat(read.getStartingOffset()).isEqualTo(41);
        assertThat(KafkaSplit.topicIdOf(read)).isEqualTo("id-1");
        assertThat(KafkaSplit.lastOf(read)).isEmpty();
        assertThatThrownBy(() -> new KafkaSplitSerializer().deserialize(3, bytes.toByteArray()))
                .hasMessage("a Kafka split of version 3 was written by a newer Firn");
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

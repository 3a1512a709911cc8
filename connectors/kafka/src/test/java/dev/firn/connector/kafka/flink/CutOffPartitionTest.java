package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.StartPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partition that lost its end while nobody read it, and has other records in that place. */
class CutOffPartitionTest {

    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final String WAYS_OUT =
            " To read it, take back the epochs since with `firn rewind`; to go on without it, say"
                    + " `--allow partition-cut-off`";

    private final List<String> seeks = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.NONE) {
        @Override
        public synchronized void seek(TopicPartition partition, OffsetAndMetadata to) {
            seeks.add(to.offset() + " of epoch " + to.leaderEpoch().orElseThrow());
            super.seek(partition, to);
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            seeks.add("" + offset);
            super.seek(partition, offset);
        }
    };

    @BeforeEach
    void thePartitionHoldsFourToTwenty() {
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 4L));
        consumer.updateEndOffsets(Map.of(ORDERS_0, 20L));
    }

    private KafkaSplitReader opened(KafkaPartitionSplit split, StartPositions ledger) {
        StartRules starts = new StartRules("events", ledger);
        KnownTopics topics = new KnownTopics(asked -> Map.of("orders", "id-1"), topic -> "id-1", starts);
        KafkaSplitReader reader = new KafkaSplitReader(
                consumer,
                new KafkaSplitReader.Rules(starts, topics, LostOffsets.CONTINUE, new FakeGate()),
                partitions -> {},
                (ClusterFailure failure) -> failure.kind() + " " + failure.reason());
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
        return reader;
    }

    private KafkaSplitReader openedAtNine() {
        KafkaSplitReader reader =
                opened(new KafkaSplit(ORDERS_0, 9, "id-1", new LastRecord(7, 3)), StartPositions.none());
        assertThat(fetched(reader)).containsExactly("opened 9");
        return reader;
    }

    private void arrives(long offset, int epoch) {
        consumer.addRecord(new ConsumerRecord<>(
                "orders",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[1],
                new byte[1],
                new RecordHeaders(),
                Optional.of(epoch)));
    }

    private static List<String> fetched(KafkaSplitReader reader) {
        RecordsWithSplitIds<SourceEvent> batch = reader.fetch();
        List<String> lines = new ArrayList<>();
        while (batch.nextSplit() != null) {
            for (SourceEvent event = batch.nextRecordFromSplit(); event != null; event = batch.nextRecordFromSplit()) {
                lines.add(
                        event instanceof RawRecord record
                                ? "record " + record.position()
                                : event instanceof SourceEvent.SplitOpened opened
                                        ? "opened " + opened.position()
                                        : event instanceof SourceEvent.TermBegan began
                                                ? "term " + began.term()
                                                : event.toString());
            }
        }
        return lines;
    }

    @Test
    void theBrokersAreAskedForTheLastRecordThatWasRead() {
        KafkaSplitReader reader = openedAtNine();
        assertThat(seeks).containsExactly("7 of epoch 3");

        arrives(9, 4);
        arrives(10, 5);
        arrives(11, 5);
        assertThat(fetched(reader)).containsExactly("term 4", "record 9", "term 5", "record 10", "record 11");
    }

    @Test
    void whoeverKnowsThePositionBestKnowsTheLastRecord() {
        Split orders = new Split("events", "orders", 0, "id-1");
        KafkaSplit known = new KafkaSplit(ORDERS_0, 9, "id-1", new LastRecord(7, 3));
        KafkaSplit unknown = new KafkaSplit(ORDERS_0, 9, "id-1");

        opened(known, StartPositions.of(Map.of(orders, 12L)));
        opened(known, StartPositions.of(Map.of(orders, 12L), Map.of(orders, new LastRecord(11, 4))));
        opened(known, StartPositions.of(Map.of(orders, 9L), Map.of(orders, new LastRecord(9, 4))));
        opened(known, StartPositions.of(Map.of(orders, 8L), Map.of(orders, new LastRecord(8, 4))));
        opened(unknown, StartPositions.of(Map.of(orders, 9L), Map.of(orders, new LastRecord(8, 4))));
        opened(unknown, StartPositions.of(Map.of(orders, 8L), Map.of(orders, new LastRecord(8, 4))));
        opened(unknown, StartPositions.none());
        opened(known, StartPositions.none().lettingGo());

        assertThat(seeks)
                .containsExactly("12", "11 of epoch 4", "7 of epoch 3", "7 of epoch 3", "8 of epoch 4", "9", "9", "9");
    }

    @Test
    void itIsSaidWhereItWasCutOff() {
        KafkaSplitReader reader = openedAtNine();
        consumer.setPollException(
                new LogTruncationException("cut", Map.of(ORDERS_0, 7L), Map.of(ORDERS_0, new OffsetAndMetadata(5))));

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "partition `orders-0` was cut off at offset 5: it was read up to offset 9, then a leader was"
                                + " elected that lacked the end of that; what was written since counts as read."
                                + WAYS_OUT);
    }

    @Test
    void itIsSaidWhereTheBrokersDoNotKnowSince() {
        KafkaSplitReader reader = openedAtNine();
        consumer.setPollException(new LogTruncationException("cut", Map.of(ORDERS_0, 7L), Map.of()));

        assertThatThrownBy(reader::fetch)
                .rootCause()
                .hasMessage(
                        "partition `orders-0` was cut off: it was read up to offset 9, then a leader was elected that"
                                + " lacked the end of that; what was written since counts as read." + WAYS_OUT);
    }

    @Test
    void aRecordBetweenTheLastOneAndThePositionIsOneThatWasNotThere() {
        KafkaSplitReader reader = openedAtNine();
        arrives(8, 5);

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessage(
                        "partition `orders-0` has a record at offset 8, and was read up to offset 9 without it: it was"
                                + " cut off and written anew, or `isolation.level` was changed." + WAYS_OUT);
    }

    @Test
    void aLastRecordThatIsDeletedByNowIsNotAskedFor() {
        KafkaSplitReader reader = openedAtNine();
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 8L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(ORDERS_0, 7L)));

        assertThat(fetched(reader)).isEmpty();
        assertThat(seeks).containsExactly("7 of epoch 3", "9");
        arrives(9, 4);
        assertThat(fetched(reader)).containsExactly("term 4", "record 9");
    }
}

package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.schema.registry.SchemaTrouble.Verdict;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.StartPositions;
import dev.firn.spi.source.WaitingSplit;
import dev.firn.spi.source.WaitingSplits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldPartitionsTest {

    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);
    private static final int KNOWN = 1;
    private static final int NEW = 2;

    private final List<OffsetAndMetadata> soughtWithEpoch = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.NONE) {
        @Override
        public synchronized void seek(TopicPartition partition, OffsetAndMetadata position) {
            soughtWithEpoch.add(position);
            super.seek(partition, position);
        }
    };
    private final FakeGate gate = new FakeGate();
    private KafkaSplitReader reader = reader();

    @BeforeEach
    void readTwoPartitionsFromTheirStart() {
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 0L, ORDERS_1, 0L));
        consumer.updateEndOffsets(Map.of(ORDERS_0, 20L, ORDERS_1, 20L));
        reader.handleSplitsChanges(new SplitsAddition<>(
                List.of(new KafkaPartitionSplit(ORDERS_0, 0), new KafkaPartitionSplit(ORDERS_1, 0))));
        reader.fetch();
        gate.forget(NEW);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void readsUpToTheRecordWhoseSchemaNobodyKnowsAndOtherPartitionsOn() {
        topic(ORDERS_0, KNOWN, KNOWN, NEW, KNOWN);
        topic(ORDERS_1, KNOWN, KNOWN, KNOWN, KNOWN);

        assertThat(fetched())
                .containsExactlyInAnyOrder(
                        "orders-0: record 0",
                        "orders-0: record 1",
                        "orders-1: record 0",
                        "orders-1: record 1",
                        "orders-1: record 2",
                        "orders-1: record 3");
        assertThat(consumer.position(ORDERS_0)).isEqualTo(2);
        assertThat(consumer.paused()).containsExactly(ORDERS_0);

        consumer.addRecord(record(ORDERS_1, 4, KNOWN));
        assertThat(fetched()).containsExactly("orders-1: record 4");
    }

    @Test
    void readsOnAtThatRecordWhenTheSchemaIsKnown() {
        topic(ORDERS_0, KNOWN, NEW, NEW);
        fetched();
        // The mock has no log to read again from.
        consumer.addRecord(record(ORDERS_0, 1, NEW));
        consumer.addRecord(record(ORDERS_0, 2, NEW));
        gate.learn(NEW);

        assertThat(fetched()).as("woken up, for it may have been polling").isEmpty();
        assertThat(consumer.paused()).isEmpty();
        assertThat(fetched()).containsExactly("orders-0: record 1", "orders-0: record 2");
    }

    /** Else a leader that was elected meanwhile, and never had the record, would go unnoticed. */
    @Test
    void goesBackToTheRecordWithTheEpochOfItsLeader() {
        consumer.addRecord(new ConsumerRecord<>(
                "orders",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                1,
                new byte[0],
                new byte[] {NEW},
                new RecordHeaders(),
                Optional.of(5)));

        fetched();

        assertThat(soughtWithEpoch).containsExactly(new OffsetAndMetadata(0, Optional.of(5), ""));
    }

    @Test
    void isHeldAgainAtTheNextSchemaThatNobodyKnows() {
        gate.forget(3);
        topic(ORDERS_0, NEW);
        fetched();
        gate.learn(NEW);
        fetched();
        consumer.addRecord(record(ORDERS_0, 0, NEW));
        consumer.addRecord(record(ORDERS_0, 1, 3));

        assertThat(fetched()).containsExactly("orders-0: record 0");
        assertThat(consumer.position(ORDERS_0)).isEqualTo(1);
        assertThat(consumer.paused()).containsExactly(ORDERS_0);
    }

    /** Offsets in front of it never become a record, and that may be known before the schema is. */
    @Test
    void tellsThePositionThatItStandsAt() {
        consumer.addRecord(record(ORDERS_0, 0, KNOWN));
        consumer.addRecord(record(ORDERS_0, 4, NEW));

        assertThat(fetched()).containsExactly("orders-0: record 0", "orders-0: reached 4");
        assertThat(fetched()).isEmpty();
    }

    @Test
    void passesWhatHasNoSchemaToWaitFor() {
        consumer.addRecord(new ConsumerRecord<>("orders", 0, 0, new byte[0], new byte[] {0, 0}));
        consumer.addRecord(new ConsumerRecord<>("orders", 0, 1, new byte[0], null));

        assertThat(fetched()).containsExactly("orders-0: record 0", "orders-0: record 1");
    }

    @Test
    void leavesToFlinkWhatFlinkHasPaused() {
        topic(ORDERS_0, NEW);
        fetched();
        List<KafkaPartitionSplit> first = List.of(new KafkaPartitionSplit(ORDERS_0, 0));
        reader.pauseOrResumeSplits(first, List.of());
        gate.learn(NEW);
        fetched();
        assertThat(consumer.paused()).containsExactly(ORDERS_0);

        reader.pauseOrResumeSplits(List.of(), first);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void flinkDoesNotLetGoWhatASchemaHolds() {
        topic(ORDERS_0, NEW);
        fetched();
        List<KafkaPartitionSplit> both =
                List.of(new KafkaPartitionSplit(ORDERS_0, 0), new KafkaPartitionSplit(ORDERS_1, 0));

        reader.pauseOrResumeSplits(both, List.of());
        reader.pauseOrResumeSplits(List.of(), both);

        assertThat(consumer.paused()).containsExactly(ORDERS_0);
    }

    @Test
    void saysWhatIsWaitedForOnceTheRegistryWasAskedInVain() {
        topic(ORDERS_0, KNOWN, NEW);
        fetched();
        fetched();
        assertThat(WaitingSplits.now())
                .as("a first look that takes its time is no trouble")
                .isEmpty();

        gate.fail(NEW, Verdict.WAIT);
        fetched();
        WaitingSplit waiting = WaitingSplits.now().get(0);
        assertThat(waiting.split()).hasToString("events/orders-0");
        assertThat(waiting.position()).isEqualTo(1);
        assertThat(waiting.schemaId()).isEqualTo(NEW);
        assertThat(waiting.reason()).isEqualTo("the registry can't say schema id 2");
        assertThat(metric("splitsWaitingForSchema", waiting)).isEqualTo(1);
        assertThat(metric("waitingForSchemaSeconds", waiting)).isEqualTo(9);

        gate.learn(NEW);
        fetched();
        assertThat(WaitingSplits.now()).isEmpty();
    }

    @Test
    void whatWaitedGoesWithItsReader() {
        topic(ORDERS_0, NEW);
        gate.fail(NEW, Verdict.WAIT);
        fetched();
        fetched();
        fetched();
        assertThat(WaitingSplits.now()).hasSize(1);

        reader.close();

        assertThat(WaitingSplits.now()).isEmpty();
        reader = reader();
    }

    @Test
    void endsTheJobWhereTheSchemaWasWaitedForTooLong() {
        topic(ORDERS_0, KNOWN, NEW);
        fetched();
        gate.fail(NEW, Verdict.FAIL);

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .isInstanceOf(OutsideException.class)
                .hasMessage("partition `orders-0` can't be read from offset 1 on: the registry can't say schema id 2;"
                        + " it was asked for 9 seconds, as long as `on-outage` allows");
    }

    private static long metric(String name, WaitingSplit waiting) {
        return WaitingSplits.Metric.ALL.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .applyAsLong(List.of(waiting), waiting.since().plusSeconds(9));
    }

    private KafkaSplitReader reader() {
        StartRules starts = new StartRules("events", StartPositions.none());
        KnownTopics topics = new KnownTopics(asked -> Map.of("orders", "id-1"), topic -> "id-1", starts);
        return new KafkaSplitReader(
                consumer,
                new KafkaSplitReader.Rules(starts, topics, LostOffsets.FAIL, gate),
                partitions -> {},
                failure -> failure.kind() + " " + failure.reason());
    }

    /** Records of these schemas from offset 0 on. */
    private void topic(TopicPartition partition, int... schemaIds) {
        LongStream.range(0, schemaIds.length)
                .forEach(offset -> consumer.addRecord(record(partition, offset, schemaIds[(int) offset])));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, int schemaId) {
        return new ConsumerRecord<>(
                partition.topic(), partition.partition(), offset, new byte[0], new byte[] {(byte) schemaId});
    }

    private List<String> fetched() {
        List<String> lines = new ArrayList<>();
        RecordsWithSplitIds<SourceEvent> batch = reader.fetch();
        while (batch.nextSplit() != null) {
            for (SourceEvent event = batch.nextRecordFromSplit(); event != null; event = batch.nextRecordFromSplit()) {
                String partition = event.split().stream() + "-" + event.split().partition() + ": ";
                lines.add(
                        event instanceof RawRecord record
                                ? partition + "record " + record.position()
                                : partition + "reached " + ((SourceEvent.PositionReached) event).position());
            }
        }
        return lines;
    }
}

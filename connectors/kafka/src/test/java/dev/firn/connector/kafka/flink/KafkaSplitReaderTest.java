package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.StartPositions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSplitReaderTest {

    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);
    private static final String MADE_ANEW =
            "topic `orders` was deleted and made anew: the positions of source `events` count in the topic with id `id-1`,"
                    + " the brokers have one with id `id-2`; to read the new one from its start, list the topic"
                    + " in a source of its own with another `name`";
    private static final Split SPLIT_0 = new Split("events", "orders", 0, "id-1");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.NONE) {
        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            if (wakeUps.getAndDecrement() > 0) {
                throw new WakeupException();
            }
            return super.beginningOffsets(partitions);
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            if (partition.equals(truncated)) {
                throw new OffsetOutOfRangeException(Map.of(partition, 6L));
            }
            return super.position(partition, timeout);
        }
    };
    private @Nullable TopicPartition truncated;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private final FakeGate gate = new FakeGate();
    private LostOffsets lostOffsets = LostOffsets.FAIL;
    private String liveId = "id-1";
    private String consumersId = "id-1";

    @BeforeEach
    void partitionsHoldTwoToTwenty() {
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 2L, ORDERS_1, 2L));
        consumer.updateEndOffsets(Map.of(ORDERS_0, 20L, ORDERS_1, 20L));
    }

    @Test
    void announcesASplitBeforeAnythingIsPolled() {
        KafkaSplitReader reader = reader(StartPositions.none());
        reader.handleSplitsChanges(added(new KafkaPartitionSplit(ORDERS_0, 5)));
        consumer.addRecord(record(ORDERS_0, 5));

        assertThat(fetched(reader)).containsExactly("orders-0: opened at 5");
        assertThat(fetched(reader)).containsExactly("orders-0: record 5");
    }

    @Test
    void startsAPartitionThatWasAddedAtItsVeryFirstOffset() {
        KafkaSplitReader reader = reader(StartPositions.none());
        reader.handleSplitsChanges(added(new KafkaPartitionSplit(ORDERS_0, KafkaPartitionSplit.EARLIEST_OFFSET)));

        assertThat(fetched(reader)).containsExactly("orders-0: opened at 0");
        assertThat(consumer.position(ORDERS_0)).isZero();
    }

    @Test
    void startsWhereTheLedgerIsIfThatIsFurther() {
        KafkaSplitReader reader = reader(StartPositions.of(Map.of(SPLIT_0, 12L)));
        reader.handleSplitsChanges(added(new KafkaSplit(ORDERS_0, 9, "id-1"), new KafkaSplit(ORDERS_1, 9, "id-1")));

        assertThat(fetched(reader)).containsExactly("orders-0: opened at 12", "orders-1: opened at 9");
        assertThat(consumer.position(ORDERS_0)).isEqualTo(12);
    }

    @Test
    void keepsThePlaceOfSplitsThatItAlreadyReads() {
        KafkaSplitReader reader = reader(StartPositions.none());
        reader.handleSplitsChanges(added(new KafkaPartitionSplit(ORDERS_0, 5)));
        fetched(reader);
        consumer.addRecord(record(ORDERS_0, 5));
        fetched(reader);
        reader.handleSplitsChanges(added(new KafkaPartitionSplit(ORDERS_1, 3)));

        assertThat(fetched(reader)).containsExactly("orders-1: opened at 3");
        assertThat(consumer.position(ORDERS_0)).isEqualTo(6);
    }

    @Test
    void tellsThePositionBehindTheLastRecord() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 7));
        moveAfterNextPoll(9);

        assertThat(fetched(reader)).containsExactly("orders-0: record 5", "orders-0: reached 7", "orders-0: record 7");
        assertThat(fetched(reader)).containsExactly("orders-0: reached 9");
    }

    @Test
    void tellsWhichPositionsNeverBecomeARecord() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 6));
        consumer.addRecord(record(ORDERS_0, 7));
        consumer.addRecord(record(ORDERS_0, 10));

        assertThat(fetched(reader))
                .containsExactly(
                        "orders-0: reached 6",
                        "orders-0: record 6",
                        "orders-0: record 7",
                        "orders-0: reached 10",
                        "orders-0: record 10");
    }

    @Test
    void tellsThePositionWithoutAnyRecordAndOnlyOnce() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.schedulePollTask(() -> consumer.seek(ORDERS_0, 8));

        assertThat(fetched(reader)).containsExactly("orders-0: reached 8");
        assertThat(fetched(reader)).isEmpty();
    }

    @Test
    void copiesNoBytes() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        ConsumerRecord<byte[], byte[]> record = record(ORDERS_0, 5);
        record.headers().add("trace", new byte[] {1});
        consumer.addRecord(record);

        RawRecord raw = (RawRecord) events(reader.fetch()).get(0);

        assertThat(raw.value()).isSameAs(record.value());
        assertThat(raw.key()).isSameAs(record.key());
        assertThat(raw.headers()).extracting(Header::key).containsExactly("trace");
        assertThat(raw.split()).isEqualTo(SPLIT_0);
        assertThat(raw.timestamp()).isEqualTo(1_000);
    }

    @Test
    void aRecordWithoutATimestampSaysSo() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(new ConsumerRecord<>("orders", 0, 5, new byte[0], new byte[0]));

        assertThat(((RawRecord) events(reader.fetch()).get(0)).timestamp()).isEqualTo(RawRecord.NO_TIMESTAMP);
    }

    @Test
    void goesOnAfterAWakeUp() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 5));
        reader.wakeUp();

        assertThat(fetched(reader)).isEmpty();
        assertThat(fetched(reader)).containsExactly("orders-0: record 5");
    }

    /** The next poll throws it before it hands anything out; here it would cost what was polled of another partition. */
    @Test
    void passesOnWhatWasPolledBesideAPartitionWhoseEndWasCutOff() {
        KafkaSplitReader reader = reader(StartPositions.none());
        reader.handleSplitsChanges(added(new KafkaPartitionSplit(ORDERS_0, 5), new KafkaPartitionSplit(ORDERS_1, 3)));
        fetched(reader);
        consumer.addRecord(record(ORDERS_1, 3));
        truncated = ORDERS_0;

        assertThat(fetched(reader)).containsExactly("orders-1: record 3");
    }

    @Test
    void saysWhatTheBrokerHasDeleted() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 12));
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 10L));

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .isInstanceOf(OutsideException.class)
                .hasMessage("partition `orders-0` can't be read from offset 5 on: the brokers have 10 to 20, they have"
                        + " deleted what was not yet read; to go on at offset 10 and keep account of the gap, set"
                        + " `lost-offsets: continue`");
    }

    @Test
    void goesOnBehindWhatTheBrokerHasDeletedWhereTheFileWantsIt() {
        lostOffsets = LostOffsets.CONTINUE;
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5), new KafkaPartitionSplit(ORDERS_1, 19));
        consumer.addRecord(record(ORDERS_0, 12));
        consumer.addRecord(record(ORDERS_1, 19));
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 10L));

        assertThat(fetched(reader)).containsExactly("orders-0: lost 5 to 10");
        consumer.addRecord(record(ORDERS_0, 12));
        assertThat(fetched(reader))
                .containsExactlyInAnyOrder("orders-0: reached 12", "orders-0: record 12", "orders-1: record 19");
    }

    /** Each schema that comes to be known wakes the consumer up. */
    @Test
    void asksOnForWhatIsThereHoweverOftenItIsWokenUp() {
        lostOffsets = LostOffsets.CONTINUE;
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 12));
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 10L));
        wakeUps.set(3);

        assertThat(fetched(reader)).containsExactly("orders-0: lost 5 to 10");
    }

    @Test
    void tellsAGapThatGrowsWhileItIsPassedInPiecesThatMeet() {
        lostOffsets = LostOffsets.CONTINUE;
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 12));
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 8L));
        assertThat(fetched(reader)).containsExactly("orders-0: lost 5 to 8");

        consumer.addRecord(record(ORDERS_0, 12));
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 11L));
        assertThat(fetched(reader)).containsExactly("orders-0: lost 8 to 11");
    }

    /** The consumer passed a marker, and what lies behind is deleted before the next poll. */
    @Test
    void countsNothingAsLostThatWasPassedBefore() {
        lostOffsets = LostOffsets.CONTINUE;
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.seek(ORDERS_0, 7);
        consumer.addRecord(record(ORDERS_0, 12));
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 10L));

        assertThat(fetched(reader)).containsExactly("orders-0: reached 7", "orders-0: lost 7 to 10");
    }

    @Test
    void neverGoesOnWhereTheEndWasCutOff() {
        lostOffsets = LostOffsets.CONTINUE;
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 25));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(ORDERS_0, 25L)));

        assertThatThrownBy(reader::fetch)
                .rootCause()
                .hasMessage(
                        "partition `orders-0` can't be read from offset 25 on: the brokers have 2 to 20, the end of the"
                                + " partition was lost or is older than what was read");
    }

    @Test
    void takesATopicMadeAnewForNoGap() {
        lostOffsets = LostOffsets.CONTINUE;
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        liveId = "id-2";
        consumer.addRecord(record(ORDERS_0, 12));
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 10L));

        assertThatThrownBy(reader::fetch).rootCause().hasMessage(MADE_ANEW);
    }

    @Test
    void passesNothingOnOfATopicThatWasMadeAnewMeanwhile() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 5));
        assertThat(fetched(reader)).containsExactly("orders-0: record 5");

        consumer.addRecord(record(ORDERS_0, 6));
        liveId = "id-2";
        consumersId = "id-2";

        assertThatThrownBy(reader::fetch).rootCause().hasMessage(MADE_ANEW);
    }

    @Test
    void believesTheBrokersWhereTheConsumerIsBehind() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.addRecord(record(ORDERS_0, 5));
        consumersId = "id-0";

        assertThat(fetched(reader)).containsExactly("orders-0: record 5");
    }

    @Test
    void refusesPartitionsThatAreAddedToATopicMadeAnew() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        liveId = "id-2";

        assertThatThrownBy(() -> reader.handleSplitsChanges(added(new KafkaPartitionSplit(ORDERS_1, 0))))
                .rootCause()
                .hasMessage(MADE_ANEW);
    }

    @Test
    void saysWhatTheBrokerRefuses() {
        KafkaSplitReader reader = opened(new KafkaPartitionSplit(ORDERS_0, 5));
        consumer.setPollException(new SaslAuthenticationException("Authentication failed"));

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(OutsideException.class)
                .hasMessage("REFUSED the broker refuses the login: Authentication failed");
    }

    @Test
    void refusesAStateOfATopicThatWasMadeAnew() {
        KafkaSplitReader reader = reader(StartPositions.none());

        assertThatThrownBy(() -> reader.handleSplitsChanges(added(new KafkaSplit(ORDERS_0, 5, "id-0"))))
                .rootCause()
                .hasMessageContainingAll("topic `orders` was deleted and made anew", "`id-0`", "`id-1`");
    }

    private KafkaSplitReader reader(StartPositions ledger) {
        StartRules starts = new StartRules("events", ledger);
        KnownTopics topics = new KnownTopics(asked -> Map.of("orders", liveId), topic -> consumersId, starts);
        return new KafkaSplitReader(
                consumer,
                new KafkaSplitReader.Rules(starts, topics, lostOffsets, gate),
                partitions -> polls.incrementAndGet(),
                (ClusterFailure failure) -> failure.kind() + " " + failure.reason());
    }

    private KafkaSplitReader opened(KafkaPartitionSplit... splits) {
        KafkaSplitReader reader = reader(StartPositions.none());
        reader.handleSplitsChanges(added(splits));
        reader.fetch();
        return reader;
    }

    /** What a consumer does with a transaction marker behind the records: the position passes it later. */
    private void moveAfterNextPoll(long position) {
        consumer.schedulePollTask(() -> {});
        consumer.schedulePollTask(() -> consumer.seek(ORDERS_0, position));
    }

    private static SplitsAddition<KafkaPartitionSplit> added(KafkaPartitionSplit... splits) {
        return new SplitsAddition<>(List.of(splits));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                1_000,
                TimestampType.CREATE_TIME,
                1,
                1,
                "k".getBytes(StandardCharsets.UTF_8),
                "v".getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    private static List<String> fetched(KafkaSplitReader reader) {
        return events(reader.fetch()).stream().map(KafkaSplitReaderTest::line).toList();
    }

    private static List<SourceEvent> events(RecordsWithSplitIds<SourceEvent> batch) {
        List<SourceEvent> events = new ArrayList<>();
        while (batch.nextSplit() != null) {
            for (SourceEvent event = batch.nextRecordFromSplit(); event != null; event = batch.nextRecordFromSplit()) {
                events.add(event);
            }
        }
        return events;
    }

    private static String line(SourceEvent event) {
        String partition = event.split().stream() + "-" + event.split().partition() + ": ";
        if (event instanceof RawRecord record) {
            return partition + "record " + record.position();
        }
        if (event instanceof SourceEvent.PositionsLost lost) {
            return partition + "lost " + lost.from() + " to " + lost.to();
        }
        return event instanceof SourceEvent.SplitOpened opened
                ? partition + "opened at " + opened.position()
                : partition + "reached " + ((SourceEvent.PositionReached) event).position();
    }
}

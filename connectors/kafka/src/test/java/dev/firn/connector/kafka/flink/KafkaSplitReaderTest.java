package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.StartPositions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSplitReaderTest {

    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);
    private static final Split SPLIT_0 = new Split("events", "orders", 0, "id-1");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.NONE);
    private final AtomicInteger polls = new AtomicInteger();

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
    void resolvesEarliestToANumber() {
        KafkaSplitReader reader = reader(StartPositions.none());
        reader.handleSplitsChanges(added(new KafkaPartitionSplit(ORDERS_0, KafkaPartitionSplit.EARLIEST_OFFSET)));

        assertThat(fetched(reader)).containsExactly("orders-0: opened at 2");
        assertThat(consumer.position(ORDERS_0)).isEqualTo(2);
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
                        + " deleted what was not yet read");
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
        return new KafkaSplitReader(
                consumer,
                topics -> Map.of("orders", "id-1"),
                new StartRules("events", ledger),
                partitions -> polls.incrementAndGet(),
                (ClusterFailure failure) -> failure.kind() + " " + failure.reason());
    }

    private KafkaSplitReader opened(KafkaPartitionSplit split) {
        KafkaSplitReader reader = reader(StartPositions.none());
        reader.handleSplitsChanges(added(split));
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
        return event instanceof SourceEvent.SplitOpened opened
                ? partition + "opened at " + opened.position()
                : partition + "reached " + ((SourceEvent.PositionReached) event).position();
    }
}

package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.record;
import static dev.firn.flink.testing.Records.routed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheredWriterTest {

    private final FakeLake lake = FakeLake.create();
    private final GatheredWriter writer = new GatheredWriter(new WriterConfig(
            "orders/gathered",
            1,
            2,
            false,
            table -> EvolutionPolicy.usual(),
            PlannedRules.NONE,
            RowKeys.NONE,
            QuarantinePayload.RAW,
            Map.of("kafka", new FakeFormat(lake.name())),
            lake.factory()));
    private final OneInputStreamOperatorTestHarness<Gathered, LedgerEntry> harness =
            new OneInputStreamOperatorTestHarness<>(writer, 128, 2, 1);

    GatheredWriterTest() throws Exception {
        harness.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
    }

    @AfterEach
    void leavesNothingOpen() throws Exception {
        harness.close();
        writer.close();
        assertThat(lake.leaks()).isZero();
    }

    private void sees(RawRecord... records) throws Exception {
        for (RawRecord record : records) {
            harness.processElement(new StreamRecord<>(new GatheredRecord(record, ORDERS, 1, 1)));
        }
    }

    @Test
    void writesWhatOthersHaveReadAndCountsItForThem() throws Exception {
        harness.open();
        sees(record(ORDERS_0, 0, "1a"), record(ORDERS_1, 7, "1b"), record(ORDERS_0, 1, "1bad"));

        harness.prepareSnapshotPreBarrier(1);

        LedgerEntry entry = harness.extractOutputValues().get(0);
        assertThat(entry.operator()).isEqualTo("orders/gathered");
        assertThat(entry.subtask()).isOne();
        assertThat(entry.progress()).isEmpty();
        assertThat(entry.outcomes())
                .containsExactly(
                        routed(ORDERS_0, ORDERS, 1),
                        new OutcomeCount(ORDERS_0, Outcome.QUARANTINED, "sales.orders", "invalid-value", 1),
                        routed(ORDERS_1, ORDERS, 1));
        assertThat(entry.staged())
                .extracting(StagedFiles::table, StagedFiles::records)
                .containsExactlyInAnyOrder(tuple(FakeLake.QUARANTINE, 1L), tuple(ORDERS, 2L));
    }

    @Test
    void deletesByTheKeysOfRecordsWithoutAValue() throws Exception {
        lake.deleteByKeys();
        harness.open();
        sees(
                record(ORDERS_0, 0, "1a"),
                new RawRecord(ORDERS_0, 1, 0, "key-a".getBytes(UTF_8), null, List.of()),
                new RawRecord(ORDERS_0, 2, 0, "bad".getBytes(UTF_8), null, List.of()));

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues().get(0).outcomes())
                .containsExactly(
                        routed(ORDERS_0, ORDERS, 1),
                        new OutcomeCount(ORDERS_0, Outcome.QUARANTINED, "sales.orders", "invalid-value", 1),
                        new OutcomeCount(ORDERS_0, Outcome.DELETED, "sales.orders", "", 1));
        assertThat(lake.deletes()).containsExactly("sales.orders kafka/orders-0@1 key-a");
    }

    @Test
    void saysNothingWhereNothingCame() throws Exception {
        harness.open();
        harness.prepareSnapshotPreBarrier(1);
        sees(record(ORDERS_0, 0, "1a"));
        harness.prepareSnapshotPreBarrier(2);
        harness.prepareSnapshotPreBarrier(3);
        assertThat(harness.extractOutputValues()).hasSize(1);
    }

    @Test
    void leavesNothingOpenWhereOpeningFailsHalfWay() {
        OutsideException down = new OutsideException("down");
        lake.faults().once("writers", down);
        assertThatThrownBy(harness::open).isSameAs(down);
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void refusesARecordBeforeItIsOpen() {
        assertThatThrownBy(() -> writer.processElement(
                        new StreamRecord<>(new GatheredRecord(record(ORDERS_0, 0, "1a"), ORDERS, 1, 1))))
                .hasMessage("our bug: a writer that is not open was given work");
    }
}

package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.RowKeys;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Records with a value that say of a row that it is no more. */
class ChangesTest {

    private static final Split BOTH = new Split("kafka", "both", 0, "b");

    private final FakeLake lake = FakeLake.create();

    private WriterConfig config(int writers) {
        lake.deleteByKeys();
        return new WriterConfig(
                "orders/tables",
                1,
                writers,
                false,
                table -> EvolutionPolicy.usual(),
                PlannedRules.NONE,
                RowKeys.NONE,
                QuarantinePayload.RAW,
                Map.of("kafka", new FakeFormat(lake.name())),
                lake.factory());
    }

    private static RawRecord change(long position, String key, String value) {
        return new RawRecord(BOTH, position, 0, key.getBytes(UTF_8), value.getBytes(UTF_8), List.of());
    }

    private static OutcomeCount count(Outcome outcome, String table, String reason) {
        return new OutcomeCount(BOTH, outcome, table, reason, 1);
    }

    @Test
    void deleteByTheirKeysWhereNoTableKeepsItsRows() throws Exception {
        WriterRoutes routes = new WriterRoutes(
                Map.of("kafka/both", List.of(ORDERS, REFUNDS)), Map.of(), Set.of(ORDERS, REFUNDS), Set.of(REFUNDS));
        try (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(new TableWriter(config(1), routes), 128, 1, 0)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();
            subtask.processElement(new StreamRecord<>(change(0, "key-a", "-1a")));
            subtask.processElement(new StreamRecord<>(change(1, "key-b", "?")));

            subtask.prepareSnapshotPreBarrier(1);

            assertThat(subtask.extractOutputValues()).singleElement().satisfies(entry -> assertThat(entry.outcomes())
                    .containsExactly(
                            new OutcomeCount(BOTH, Outcome.COPIED, "", "", 2),
                            count(Outcome.QUARANTINED, "sales.orders", "table-truncated"),
                            count(Outcome.QUARANTINED, "sales.refunds", "table-truncated"),
                            count(Outcome.NON_DATA, "", "delete"),
                            count(Outcome.DELETED, "sales.orders", "")));
        }
        assertThat(lake.deletes()).containsExactly("sales.orders kafka/both-0@0 key-a");
    }

    @Test
    void deleteAlsoWhereOthersHaveReadThem() throws Exception {
        try (OneInputStreamOperatorTestHarness<Gathered, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(new GatheredWriter(config(2)), 128, 2, 1)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();
            for (RawRecord record : List.of(change(0, "key-a", "-1a"), change(1, "key-b", "?"))) {
                subtask.processElement(
                        new StreamRecord<>(new GatheredRecord(record, ORDERS, RawRecord.NO_SCHEMA_ID, 1)));
            }

            subtask.prepareSnapshotPreBarrier(1);

            assertThat(subtask.extractOutputValues().get(0).outcomes())
                    .containsExactly(
                            count(Outcome.QUARANTINED, "sales.orders", "table-truncated"),
                            count(Outcome.DELETED, "sales.orders", ""));
        }
        assertThat(lake.deletes()).containsExactly("sales.orders kafka/both-0@0 key-a");
    }
}

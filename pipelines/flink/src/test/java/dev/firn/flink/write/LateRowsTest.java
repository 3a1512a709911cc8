package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.recordAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.table.Otherwise;
import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Which rows are late is the same whoever reads them, and from wherever a start goes on. */
class LateRowsTest {

    private static final WriterRoutes ROUTES =
            new WriterRoutes(Map.of("kafka/orders", List.of(ORDERS)), Map.of(), Set.of(ORDERS, FakeLake.QUARANTINE));

    private final FakeLake lake = FakeLake.create();
    private final List<OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry>> open = new ArrayList<>();

    private static final PlannedRules RULES = new PlannedRules(
            Map.of(
                    ORDERS,
                    new RowRules(
                            null,
                            List.of(),
                            new TableSchema(List.of()),
                            RowShape.NONE,
                            List.of(),
                            new RowEventTime("placed_at", Duration.ofHours(1), Otherwise.DROP))),
            List.of());

    private TableWriter writer(int writersInSubtask, NewestTime... newest) {
        return new TableWriter(config(writersInSubtask, RULES, newest), ROUTES);
    }

    private WriterConfig config(int writersInSubtask, PlannedRules rules, NewestTime... newest) {
        return new WriterConfig(
                "orders/tables",
                1,
                writersInSubtask,
                false,
                table -> EvolutionPolicy.usual(),
                rules,
                RowKeys.NONE,
                UniqueTables.NONE,
                new StartTimes(List.of(newest), List.of()),
                QuarantinePayload.RAW,
                Map.of("kafka", new FakeFormat(lake.name())),
                lake.factory());
    }

    /** One subtask of a job. */
    private OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask(
            TableWriter writer, int index, int parallelism) throws Exception {
        OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(writer, 128, parallelism, index);
        subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
        open.add(subtask);
        return subtask;
    }

    private static void sees(
            OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask,
            Split split,
            long position,
            int schema,
            String time)
            throws Exception {
        Instant at = Instant.parse("2026-01-05T" + time + ":00Z");
        subtask.processElement(
                new StreamRecord<>(recordAt(at.toEpochMilli(), split, position, schema + "r" + position + "@" + at)));
    }

    private static List<OutcomeCount> barrier(OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask)
            throws Exception {
        int told = subtask.extractOutputValues().size();
        subtask.prepareSnapshotPreBarrier(1);
        return subtask.extractOutputValues().stream()
                .skip(told)
                .flatMap(entry -> entry.outcomes().stream())
                .toList();
    }

    private static OutcomeCount late(Split split, long records) {
        return new OutcomeCount(split, Outcome.DROPPED, ORDERS.full(), "late", records);
    }

    private static OutcomeCount written(Split split, long records) {
        return new OutcomeCount(split, Outcome.ROUTED, ORDERS.full(), "", records);
    }

    private static NewestTime newest(Split split, String time) {
        return new NewestTime(
                split,
                ORDERS,
                "placed_at",
                Instant.parse("2026-01-05T" + time + ":00Z").toEpochMilli() * 1_000);
    }

    private static OutcomeCount moved(Split split, String time) {
        return new OutcomeCount(
                split,
                Outcome.EVENT_TIME,
                ORDERS.full(),
                "placed_at",
                newest(split, time).micros());
    }

    private void close() throws Exception {
        for (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask : open) {
            subtask.close();
        }
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void rowsAreJudgedInTheOrderOfTheirPartitionWhateverTheirSchemas() throws Exception {
        var subtask = subtask(writer(1), 0, 1);
        subtask.open();
        sees(subtask, ORDERS_0, 0, 1, "10:00");
        sees(subtask, ORDERS_0, 1, 2, "12:00");
        // Late by the one before it, which is of another schema; the next two are of the other partition.
        sees(subtask, ORDERS_0, 2, 1, "10:30");
        sees(subtask, ORDERS_1, 0, 1, "08:00");
        sees(subtask, ORDERS_1, 1, 1, "07:00");

        assertThat(barrier(subtask))
                .containsExactlyInAnyOrder(
                        written(ORDERS_0, 2),
                        late(ORDERS_0, 1),
                        moved(ORDERS_0, "12:00"),
                        written(ORDERS_1, 2),
                        moved(ORDERS_1, "08:00"));
        close();
    }

    @Test
    void whoeverReadsThemWritesThem() throws Exception {
        TableWriter writer = writer(2);
        lake.gatherPartitions(ORDERS);
        var subtask = subtask(writer, 0, 2);
        subtask.open();
        sees(subtask, ORDERS_0, 0, 1, "12:00");
        sees(subtask, ORDERS_0, 1, 1, "10:00");

        assertThat(barrier(subtask)).contains(written(ORDERS_0, 1), late(ORDERS_0, 1));
        var sent = subtask.getSideOutput(TableWriter.GATHERED);
        assertThat(sent == null ? List.<StreamRecord<Gathered>>of() : sent).isEmpty();
        close();
    }

    @Test
    void aStartFromTheLedgerAloneGoesOnWhereItStands() throws Exception {
        var subtask = subtask(writer(1, newest(ORDERS_0, "12:00")), 0, 1);
        subtask.open();
        sees(subtask, ORDERS_0, 7, 1, "10:00");
        sees(subtask, ORDERS_1, 7, 1, "10:00");

        assertThat(barrier(subtask))
                .containsExactlyInAnyOrder(late(ORDERS_0, 1), written(ORDERS_1, 1), moved(ORDERS_1, "10:00"));
        close();
    }

    @Test
    void aRestoredJobKnowsThemWhoeverReadsAPartitionNow() throws Exception {
        var first = subtask(writer(1, newest(ORDERS_1, "09:00")), 0, 2);
        var second = subtask(writer(1, newest(ORDERS_1, "09:00")), 1, 2);
        first.open();
        second.open();
        sees(first, ORDERS_0, 0, 1, "12:00");
        barrier(first);
        barrier(second);
        OperatorSubtaskState state =
                AbstractStreamOperatorTestHarness.repackageState(first.snapshot(1, 1), second.snapshot(1, 1));
        // Came behind the barrier, and comes again.
        sees(first, ORDERS_0, 1, 1, "18:00");

        for (int index = 0; index < 3; index++) {
            // The ledger is behind it, and what nobody has moved since is in the state all the same.
            var restored = subtask(writer(1), index, 3);
            restored.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 2, 3, index));
            restored.open();
            sees(restored, ORDERS_0, 1, 1, "10:59");
            sees(restored, ORDERS_0, 2, 1, "11:00");
            sees(restored, ORDERS_1, 5, 1, "07:59");
            assertThat(barrier(restored))
                    .containsExactlyInAnyOrder(written(ORDERS_0, 1), late(ORDERS_0, 1), late(ORDERS_1, 1));
        }
        close();
    }

    @Test
    void aLedgerThatIsAheadOfTheStateCounts() throws Exception {
        var before = subtask(writer(1), 0, 1);
        before.open();
        sees(before, ORDERS_0, 0, 1, "12:00");
        barrier(before);
        OperatorSubtaskState state = before.snapshot(1, 1);

        var restored = subtask(writer(1, newest(ORDERS_0, "14:00")), 0, 1);
        restored.initializeState(state);
        restored.open();
        sees(restored, ORDERS_0, 9, 1, "12:59");
        sees(restored, ORDERS_0, 10, 1, "15:00");

        assertThat(barrier(restored))
                .as("told from where the ledger is")
                .containsExactlyInAnyOrder(
                        late(ORDERS_0, 1),
                        written(ORDERS_0, 1),
                        new OutcomeCount(
                                ORDERS_0,
                                Outcome.EVENT_TIME,
                                ORDERS.full(),
                                "placed_at",
                                Duration.ofHours(1).toMillis() * 1_000));
        close();
    }

    /** Each subtask has all that was restored, so what nobody asks for would be as much more at each start as there are subtasks. */
    @Test
    void aFileThatSaysNothingOfTimesAnyMoreForgetsThem() throws Exception {
        var first = subtask(writer(1), 0, 2);
        var second = subtask(writer(1), 1, 2);
        first.open();
        second.open();
        sees(first, ORDERS_0, 0, 1, "12:00");
        sees(second, ORDERS_1, 0, 1, "12:00");
        barrier(first);
        barrier(second);
        OperatorSubtaskState state =
                AbstractStreamOperatorTestHarness.repackageState(first.snapshot(1, 1), second.snapshot(1, 1));
        assertThat(times(state)).isEqualTo(2);

        for (int start = 0; start < 2; start++) {
            List<OperatorSubtaskState> snapshots = new ArrayList<>();
            for (int index = 0; index < 2; index++) {
                var restored = subtask(new TableWriter(config(1, PlannedRules.NONE), ROUTES), index, 2);
                restored.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 2, 2, index));
                restored.open();
                snapshots.add(restored.snapshot(2, 2));
            }
            state = AbstractStreamOperatorTestHarness.repackageState(snapshots.get(0), snapshots.get(1));
            assertThat(times(state)).isZero();
        }
        close();
    }

    private static int times(OperatorSubtaskState state) {
        return state.getManagedOperatorState().stream()
                .map(handle -> handle.getStateNameToPartitionOffsets().get("newest-event-times"))
                .filter(Objects::nonNull)
                .mapToInt(entries -> entries.getOffsets().length)
                .sum();
    }

    /** A stream that is not read any more, or a table that is gone, would stay in states for as long as starts go on from them. */
    @Test
    void whatTheFileDoesNotAskForLeavesTheState() throws Exception {
        Split gone = new Split("kafka-before", ORDERS_0.stream(), 0, "made before");
        var before = subtask(
                new TableWriter(config(1, RULES, newest(ORDERS_1, "12:00"), newest(gone, "12:00")), ROUTES), 0, 1);
        before.open();
        OperatorSubtaskState state = before.snapshot(1, 1);
        assertThat(times(state)).isEqualTo(2);

        var restored = subtask(writer(1), 0, 1);
        restored.initializeState(state);
        restored.open();
        assertThat(times(restored.snapshot(2, 2))).isEqualTo(1);
        sees(restored, ORDERS_1, 0, 1, "10:00");
        assertThat(barrier(restored)).containsExactly(late(ORDERS_1, 1));
        close();
    }

    /** It would see a part of each split, and tell the ledger of times that others have told of. */
    @Test
    void whoeverIsSentRecordsTakesNoneOfATableWhoseRowsMayBeLate() throws Exception {
        OneInputStreamOperatorTestHarness<Gathered, LedgerEntry> gatherer = new OneInputStreamOperatorTestHarness<>(
                new GatheredWriter(config(2, RULES, newest(ORDERS_0, "12:00")).withoutTimes()), 128, 2, 1);
        gatherer.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
        gatherer.open();

        assertThatThrownBy(() -> gatherer.processElement(
                        new StreamRecord<>(new GatheredRecord(recordAt(0, ORDERS_0, 0, "1a"), ORDERS, 1, 1))))
                .hasMessage("our bug: rows of a table that may be late were sent on, out of their order");
        gatherer.prepareSnapshotPreBarrier(1);
        assertThat(gatherer.extractOutputValues()).isEmpty();
        gatherer.close();
        close();
    }
}

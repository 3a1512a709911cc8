package dev.firn.flink.count;

import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.flink.testing.RememberingFormat;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.SourceEvent.PositionReached;
import dev.firn.spi.record.SourceEvent.PositionsLost;
import dev.firn.spi.record.SourceEvent.SplitOpened;
import dev.firn.spi.record.SourceEvent.TermBegan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTapTest {

    private static final RememberingFormat FORMAT = new RememberingFormat();

    private OneInputStreamOperatorTestHarness<SourceEvent, SourceEvent> harness = harness();
    private final List<OutcomeCount> outcomes = new ArrayList<>();
    private final List<UsedSchema> met = new ArrayList<>();
    private final List<PlannedSchema> planned = new ArrayList<>();
    private int told;

    LedgerTapTest() throws Exception {}

    private static LedgerTap tap(LedgerSchemas start) {
        return new LedgerTap("orders/tap/kafka", FORMAT, start);
    }

    private static OneInputStreamOperatorTestHarness<SourceEvent, SourceEvent> harness() throws Exception {
        return harness(LedgerSchemas.NONE);
    }

    private static OneInputStreamOperatorTestHarness<SourceEvent, SourceEvent> harness(LedgerSchemas start)
            throws Exception {
        var made = new OneInputStreamOperatorTestHarness<SourceEvent, SourceEvent>(tap(start));
        made.setup(FirnTypes.SOURCE_EVENT.createSerializer(new ExecutionConfig()));
        return made;
    }

    @BeforeEach
    void open() throws Exception {
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
        RememberingFormat.REGISTRY.clear();
        RememberingFormat.LEARNT.clear();
        RememberingFormat.ORIGIN.set("one");
    }

    private void sees(SourceEvent... events) throws Exception {
        for (SourceEvent event : events) {
            harness.processElement(new StreamRecord<>(event));
        }
    }

    /** What the tap says at a barrier. */
    private List<SplitProgress> barrier() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        List<SplitProgress> lines = new ArrayList<>();
        var entries = harness.getSideOutput(LedgerTap.ENTRIES);
        if (entries != null) {
            List<LedgerEntry> all = entries.stream().map(StreamRecord::getValue).toList();
            all.subList(told, all.size()).forEach(entry -> {
                assertThat(entry.operator()).isEqualTo("orders/tap/kafka");
                outcomes.addAll(entry.outcomes());
                met.addAll(entry.schemas().used());
                planned.addAll(entry.schemas().planned());
                assertThat(entry.staged()).isEmpty();
                lines.addAll(entry.progress());
            });
            told = all.size();
        }
        return lines;
    }

    @Test
    void countsRecordsAndPositionsOfEachSplit() throws Exception {
        sees(new SplitOpened(ORDERS_1, 7), new SplitOpened(ORDERS_0, 0));
        sees(record(ORDERS_0, 0, "a"), record(ORDERS_1, 7, "b"));
        sees(new PositionReached(ORDERS_0, 3), record(ORDERS_0, 3, "c"));

        assertThat(barrier())
                .containsExactly(new SplitProgress(ORDERS_0, 0, 4, 2), new SplitProgress(ORDERS_1, 7, 8, 1));

        sees(record(ORDERS_1, 8, "d"));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_1, 8, 9, 1));
    }

    @Test
    void passesRecordsOnAndKeepsMarks() throws Exception {
        SourceEvent record = record(ORDERS_0, 0, "a");
        sees(new SplitOpened(ORDERS_0, 0), record, new PositionReached(ORDERS_0, 5));
        assertThat(harness.extractOutputValues()).hasSize(1).first().isSameAs(record);
    }

    @Test
    void movesOnWhereNoRecordEnds() throws Exception {
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"), new PositionReached(ORDERS_0, 3));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 0, 3, 1));

        sees(new PositionReached(ORDERS_0, 4));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 3, 4, 0));
    }

    @Test
    void tellsTheLastRecordAndUnderWhichLeaderItWasWritten() throws Exception {
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 0, 1, 1));

        sees(new TermBegan(ORDERS_0, 7), record(ORDERS_0, 1, "b"), new TermBegan(ORDERS_0, 8));
        sees(new PositionReached(ORDERS_0, 4));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 1, 4, 1, new LastRecord(2, 7)));

        sees(new PositionReached(ORDERS_0, 5));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 4, 5, 0));

        sees(record(ORDERS_0, 5, "c"));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 5, 6, 1, new LastRecord(6, 8)));
    }

    @Test
    void tellsAGapOnceAndMovesOnBehindIt() throws Exception {
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"), new PositionsLost(ORDERS_0, 1, 4));
        sees(record(ORDERS_0, 4, "b"), new PositionsLost(ORDERS_0, 5, 6));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 0, 6, 2));
        assertThat(outcomes)
                .containsExactly(
                        new OutcomeCount(ORDERS_0, Outcome.LOST, "", "1 to 4", 3),
                        new OutcomeCount(ORDERS_0, Outcome.LOST, "", "5 to 6", 1));

        sees(record(ORDERS_0, 6, "c"));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 6, 7, 1));
        assertThat(outcomes).hasSize(2);
    }

    @Test
    void refusesAGapThatDoesNotBeginWhereItStands() throws Exception {
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"));
        assertThatThrownBy(() -> sees(new PositionsLost(ORDERS_0, 3, 5)))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessage(
                        "our bug: positions 3 to 5 of kafka/orders-0 are said to be lost where position 1 was reached");
    }

    @Test
    void neverMovesBack() throws Exception {
        sees(new SplitOpened(ORDERS_0, 5), record(ORDERS_0, 5, "a"), new PositionReached(ORDERS_0, 2));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 5, 6, 1));
    }

    @Test
    void tellsOnceWhereAQuietSplitWasOpened() throws Exception {
        sees(new SplitOpened(ORDERS_0, 1000));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 1000, 1000, 0));
        assertThat(barrier()).isEmpty();
    }

    @Test
    void saysNothingWhereNothingMoved() throws Exception {
        assertThat(barrier()).isEmpty();
    }

    @Test
    void keepsItsCountsWhenASplitIsOpenedAgain() throws Exception {
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"));
        sees(new SplitOpened(ORDERS_0, 1), record(ORDERS_0, 1, "b"));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 0, 2, 2));
    }

    @Test
    void refusesASplitThatIsOpenedAgainElsewhere() throws Exception {
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"));
        assertThatThrownBy(() -> sees(new SplitOpened(ORDERS_0, 0)))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessage("our bug: kafka/orders-0 was read up to position 1, then opened again at position 0");
    }

    @Test
    void refusesARecordThatComesAgain() throws Exception {
        sees(new SplitOpened(ORDERS_0, 3), record(ORDERS_0, 3, "a"), record(ORDERS_0, 4, "b"));
        assertThatThrownBy(() -> sees(record(ORDERS_0, 4, "b")))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessage("our bug: kafka/orders-0 was read from position 3 to 5, then the record at position 4 came:"
                        + " it would be there twice");
    }

    @Test
    void refusesAGapThatTheSourceHasNotToldOf() throws Exception {
        sees(new SplitOpened(ORDERS_0, 3), record(ORDERS_0, 3, "a"));
        assertThatThrownBy(() -> sees(record(ORDERS_0, 5, "c")))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessage("our bug: kafka/orders-0 was read from position 3 to 4, then the record at position 5 came:"
                        + " the source has not said what became of those between");
    }

    @Test
    void refusesARecordOfASplitThatWasNotOpened() {
        assertThatThrownBy(() -> sees(record(ORDERS_0, 0, "a")))
                .rootCause()
                .hasMessage("our bug: a record of kafka/orders-0 came before the split was opened");
    }

    @Test
    void anEntryPrecedesItsBarrierSoThatACancelledCheckpointMergesIntoTheNext() throws Exception {
        EpochFold fold = new EpochFold(new SchemaNews(LedgerSchemas.NONE));
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"));
        barrier().forEach(line -> fold.add(new LedgerEntry("tap", 0, List.of(line), List.of(), List.of())));
        // The barrier is cancelled on its way: nobody closes the fold.
        sees(record(ORDERS_0, 1, "b"));
        barrier().forEach(line -> fold.add(new LedgerEntry("tap", 0, List.of(line), List.of(), List.of())));

        assertThat(fold.close(1, 1, "plan", 2).orElseThrow().progress())
                .containsExactly(new SplitProgress(ORDERS_0, 0, 2, 2));
    }

    @Test
    void beginsAtTheRestoredPositionWithoutStateOfItsOwn() throws Exception {
        sees(new SplitOpened(ORDERS_0, 0), record(ORDERS_0, 0, "a"));
        harness.prepareSnapshotPreBarrier(1);
        var state = harness.snapshot(1, 1);
        harness.close();

        harness = harness();
        told = 0;
        harness.initializeState(state);
        harness.open();
        sees(new SplitOpened(ORDERS_0, 1), record(ORDERS_0, 1, "b"));
        assertThat(barrier()).containsExactly(new SplitProgress(ORDERS_0, 1, 2, 1));
    }

    @Test
    void putsBackTheSchemasThatRecordsWereReadWithBeforeAnythingIsRead() throws Exception {
        RememberingFormat.REGISTRY.put(7, "seven");
        RememberingFormat.REGISTRY.put(8, "eight");
        sees(new SplitOpened(ORDERS_0, 0), framed(0, 7), framed(1, 7), framed(2, 9));
        var state = harness.snapshot(1, 1);
        harness.close();
        assertThat(RememberingFormat.OPEN).as("given back").hasValue(0);

        RememberingFormat.REGISTRY.clear();
        harness = harness();
        told = 0;
        harness.initializeState(state);
        assertThat(RememberingFormat.LEARNT).isEqualTo(Map.of(7, "seven"));
        harness.open();
        RememberingFormat.REGISTRY.put(8, "eight");
        sees(new SplitOpened(ORDERS_0, 3), framed(3, 8));
        var later = harness.snapshot(2, 2);
        harness.close();

        RememberingFormat.LEARNT.clear();
        harness = harness();
        harness.initializeState(later);
        assertThat(RememberingFormat.LEARNT).isEqualTo(Map.of(7, "seven", 8, "eight"));
        harness.open();
    }

    /** Under the same ids that one has other schemas. */
    @Test
    void putsBackNoSchemaOfAnotherRegistry() throws Exception {
        RememberingFormat.REGISTRY.put(7, "seven of one");
        sees(new SplitOpened(ORDERS_0, 0), framed(0, 7));
        var state = harness.snapshot(1, 1);
        harness.close();

        RememberingFormat.ORIGIN.set("another");
        RememberingFormat.REGISTRY.put(7, "seven of another");
        harness = harness();
        told = 0;
        harness.initializeState(state);
        assertThat(RememberingFormat.LEARNT).isEmpty();
        harness.open();
        sees(new SplitOpened(ORDERS_0, 1), framed(1, 7));
        var later = harness.snapshot(2, 2);
        harness.close();

        harness = harness();
        harness.initializeState(later);
        assertThat(RememberingFormat.LEARNT).isEqualTo(Map.of(7, "seven of another"));
        harness.open();
    }

    @Test
    void eachSubtaskGetsAllSchemasAndSavesNoneTwice() throws Exception {
        RememberingFormat.REGISTRY.put(7, "seven");
        RememberingFormat.REGISTRY.put(8, "eight");
        sees(new SplitOpened(ORDERS_0, 0), framed(0, 7), framed(1, 8));
        var state = harness.snapshot(1, 1);
        List<Integer> saved = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            RememberingFormat.LEARNT.clear();
            try (var one = new OneInputStreamOperatorTestHarness<SourceEvent, SourceEvent>(
                    tap(LedgerSchemas.NONE), 2, 2, subtask)) {
                one.setup(FirnTypes.SOURCE_EVENT.createSerializer(new ExecutionConfig()));
                one.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 2, 1, 2, subtask));
                assertThat(RememberingFormat.LEARNT).containsOnlyKeys(7, 8);
                one.open();
                RememberingFormat.LEARNT.clear();
                try (var alone = harness()) {
                    alone.initializeState(one.snapshot(2, 2));
                    saved.addAll(RememberingFormat.LEARNT.keySet());
                    alone.open();
                }
            }
        }
        assertThat(saved).containsExactlyInAnyOrder(7, 8);
    }

    @Test
    void tellsEachSchemaAtTheBarrierBehindItsFirstRecord() throws Exception {
        RememberingFormat.REGISTRY.put(7, "seven");
        RememberingFormat.REGISTRY.put(8, "eight");
        sees(new SplitOpened(ORDERS_0, 0), framed(0, 7), framed(1, 7));
        barrier();
        assertThat(met).containsExactly(new UsedSchema("one", 7, "seven"));

        sees(framed(2, 7), framed(3, 8), framed(4, 9));
        barrier();
        assertThat(met).containsExactly(new UsedSchema("one", 7, "seven"), new UsedSchema("one", 8, "eight"));
    }

    /** The state may be older than the ledger's first schema, and what was told may not have got there. */
    @Test
    void tellsWhatIsInItsStateOnceMore() throws Exception {
        RememberingFormat.REGISTRY.put(7, "seven");
        sees(new SplitOpened(ORDERS_0, 0), framed(0, 7));
        barrier();
        var state = harness.snapshot(1, 1);
        harness.close();
        met.clear();

        harness = harness();
        told = 0;
        harness.initializeState(state);
        harness.open();
        assertThat(barrier()).isEmpty();
        assertThat(met).containsExactly(new UsedSchema("one", 7, "seven"));
        barrier();
        assertThat(met).hasSize(1);
    }

    @Test
    void putsBackWhatTheLedgerKnowsOfItsRegistryBeforeAnythingIsRead() throws Exception {
        harness.close();
        harness = harness(new LedgerSchemas(
                List.of(new UsedSchema("one", 7, "seven"), new UsedSchema("another", 8, "eight of another")),
                List.of()));
        told = 0;

        harness.initializeEmptyState();

        assertThat(RememberingFormat.LEARNT).isEqualTo(Map.of(7, "seven"));
        harness.open();
        assertThat(barrier()).isEmpty();
        assertThat(met).isEmpty();
    }

    @Test
    void theFirstSubtaskTellsOnceWhatThePlanFound() throws Exception {
        PlannedSchema found = new PlannedSchema("", "kafka", "orders", 3, "newest", "");
        for (int subtask = 0; subtask < 2; subtask++) {
            harness.close();
            harness = new OneInputStreamOperatorTestHarness<>(
                    tap(new LedgerSchemas(List.of(), List.of(found))), 2, 2, subtask);
            harness.setup(FirnTypes.SOURCE_EVENT.createSerializer(new ExecutionConfig()));
            told = 0;
            harness.open();
            barrier();
            barrier();
            assertThat(planned).containsExactly(new PlannedSchema("one", "kafka", "orders", 3, "newest", ""));
        }
    }

    private static SourceEvent framed(long position, int schemaId) {
        byte[] value = ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array();
        return new RawRecord(ORDERS_0, position, RawRecord.NO_TIMESTAMP, null, value, List.of());
    }

    @Test
    void refusesACheckpointThatIsNotExactlyOnce() throws Exception {
        var other = new OneInputStreamOperatorTestHarness<>(tap(LedgerSchemas.NONE));
        new StreamConfig(other.getEnvironment().getTaskConfiguration())
                .setCheckpointMode(CheckpointingMode.AT_LEAST_ONCE);
        assertThatThrownBy(other::open)
                .hasMessage("the cluster runs this job without exactly-once checkpoints;"
                        + " remove execution.checkpointing.mode from its configuration");
    }

    @Test
    void refusesUnalignedCheckpoints() throws Exception {
        var other = new OneInputStreamOperatorTestHarness<>(tap(LedgerSchemas.NONE));
        new StreamConfig(other.getEnvironment().getTaskConfiguration()).setUnalignedCheckpointsEnabled(true);
        assertThatThrownBy(other::open)
                .hasMessage("the cluster runs this job with unaligned checkpoints, whose barriers overtake records,"
                        + " so that no epoch adds up; remove execution.checkpointing.unaligned from its configuration");
    }
}

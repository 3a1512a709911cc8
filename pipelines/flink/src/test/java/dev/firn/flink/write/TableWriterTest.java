package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.REFUNDS_0;
import static dev.firn.flink.testing.Records.record;
import static dev.firn.flink.testing.Records.recordAt;
import static dev.firn.flink.testing.Records.routed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.definition.table.Decision;
import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableWriterTest {

    private static final Split ODDS_0 = new Split("kafka", "odds", 0, "topic-c");
    private static final Split BOTH_0 = new Split("kafka", "both", 0, "topic-d");

    private static final Split EVENTS_0 = new Split("kafka", "events", 0, "topic-e");
    private static final ValueRoute BY_TYPE = new ValueRoute(
            new TableTemplate("sales.$by"),
            "type",
            2,
            new TableSchema(List.of(Column.required("type", ColumnType.Primitive.STRING))),
            List.of());

    private static final WriterRoutes ROUTES = new WriterRoutes(
            Map.of(
                    "kafka/orders",
                    List.of(ORDERS),
                    "kafka/refunds",
                    List.of(REFUNDS),
                    "kafka/both",
                    List.of(ORDERS, REFUNDS),
                    "kafka/events",
                    List.of(ORDERS)),
            Map.of("kafka/events", List.of(BY_TYPE)),
            Set.of(ORDERS, REFUNDS, FakeLake.QUARANTINE));

    private final FakeLake lake = FakeLake.create();
    private final TableWriter writer = new TableWriter(config(1), ROUTES);
    private final OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> harness =
            new OneInputStreamOperatorTestHarness<>(writer);

    TableWriterTest() throws Exception {
        harness.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
    }

    private WriterConfig config(int writersInSubtask) {
        return config(writersInSubtask, table -> EvolutionPolicy.usual());
    }

    private WriterConfig config(int writersInSubtask, EvolutionPolicies policies) {
        return new WriterConfig(
                "orders/tables",
                1,
                writersInSubtask,
                false,
                policies,
                PlannedRules.NONE,
                RowKeys.NONE,
                QuarantinePayload.RAW,
                Map.of("kafka", new FakeFormat(lake.name())),
                lake.factory());
    }

    @AfterEach
    void leavesNothingOpen() throws Exception {
        harness.close();
        // Flink closes an operator whose open() has failed, the harness does not.
        writer.close();
        assertThat(lake.leaks()).isZero();
    }

    private void sees(SourceEvent... events) throws Exception {
        for (SourceEvent event : events) {
            harness.processElement(new StreamRecord<>(event));
        }
    }

    /** What the writer says at a barrier, if it says anything. */
    private Optional<LedgerEntry> barrier() throws Exception {
        int told = harness.extractOutputValues().size();
        harness.prepareSnapshotPreBarrier(1);
        List<LedgerEntry> all = harness.extractOutputValues();
        assertThat(all.size() - told).isLessThanOrEqualTo(1);
        return all.stream().skip(told).findFirst();
    }

    private List<String> rows(LedgerEntry entry, TableName table) {
        try (var opened = lake.factory().open(SystemReferences.ofThisProcess())) {
            List<StagedFiles> files = entry.staged().stream()
                    .filter(staged -> staged.table().equals(table))
                    .toList();
            opened.commit(table, List.of(new StagedEpoch(1, 1, files)));
        }
        return lake.rows(table);
    }

    private static OutcomeCount quarantined(Split split, String table, String code, long records) {
        return new OutcomeCount(split, Outcome.QUARANTINED, table, code, records);
    }

    @Test
    void recordsOfATableThatMayPauseAreWrittenAsTheyComeWhereSchemasAlternate() throws Exception {
        TableWriter inOrder = new TableWriter(
                config(1, table -> EvolutionPolicy.usual().with(Map.of(ChangeKind.WIDEN_TYPE, Decision.PAUSE_TABLE))),
                ROUTES);
        try (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> pausing =
                new OneInputStreamOperatorTestHarness<>(inOrder)) {
            pausing.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            pausing.open();
            for (int position = 0; position < 3; position++) {
                RawRecord record = record(ORDERS_0, position, (position == 1 ? "2" : "1") + "row");
                pausing.processElement(new StreamRecord<>(record));
            }
            pausing.prepareSnapshotPreBarrier(1);

            LedgerEntry entry = pausing.extractOutputValues().get(0);
            assertThat(rows(entry, ORDERS))
                    .containsExactly(
                            "kafka/orders-0@0 schema 1 1row",
                            "kafka/orders-0@1 schema 2 2row",
                            "kafka/orders-0@2 schema 1 1row");
        }
    }

    @Test
    void writesEachRecordToItsTableAndCountsIt() throws Exception {
        harness.open();
        sees(record(ORDERS_0, 0, "1a"), record(ORDERS_1, 7, "1b"), record(REFUNDS_0, 0, "2c"));
        sees(record(ORDERS_0, 1, "2d"), record(ORDERS_0, 2, "1e"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.operator()).isEqualTo("orders/tables");
        assertThat(entry.progress()).isEmpty();
        assertThat(entry.outcomes())
                .containsExactly(
                        routed(ORDERS_0, ORDERS, 3), routed(ORDERS_1, ORDERS, 1), routed(REFUNDS_0, REFUNDS, 1));
        assertThat(rows(entry, ORDERS))
                .containsExactly(
                        "kafka/orders-0@0 schema 1 1a",
                        "kafka/orders-1@7 schema 1 1b",
                        "kafka/orders-0@2 schema 1 1e",
                        "kafka/orders-0@1 schema 2 2d");
        assertThat(rows(entry, REFUNDS)).containsExactly("kafka/refunds-0@0 schema 2 2c");
    }

    @Test
    void countsWhatATableHasAlready() throws Exception {
        harness.open();
        sees(record(BOTH_0, 0, "1a"), record(BOTH_0, 1, "1again"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .contains(
                        routed(BOTH_0, ORDERS, 1),
                        new OutcomeCount(BOTH_0, Outcome.DEDUPLICATED, ORDERS.full(), "", 1),
                        new OutcomeCount(BOTH_0, Outcome.DEDUPLICATED, REFUNDS.full(), "", 1));
        assertThat(rows(entry, ORDERS)).containsExactly("kafka/both-0@0 schema 1 1a");
    }

    @Test
    void saysHowOldTheRowsOfEachTableAre() throws Exception {
        harness.open();
        long now = System.currentTimeMillis();
        sees(recordAt(now - 3_600_000, BOTH_0, 0, "1a"), recordAt(now - 3_600_000, BOTH_0, 1, "1bad"));
        sees(recordAt(now + 3_600_000, ORDERS_0, 0, "1a"), record(ORDERS_0, 1, "1a"));

        LedgerEntry first = barrier().orElseThrow();

        assertThat(first.ages()).extracting(RecordAges::table).containsExactly(ORDERS, REFUNDS);
        assertThat(first.ages().get(0).counts())
                .as("what goes to quarantine is not visible")
                .containsExactly(1, 1);
        assertThat(first.ages().get(0).ages()[0]).isCloseTo(-3_600_000, withinPercentage(1));
        assertThat(first.ages().get(0).ages()[1]).isCloseTo(3_600_000, withinPercentage(1));
        assertThat(first.ages().get(1).counts()).containsExactly(1);
        sees(recordAt(now, REFUNDS_0, 0, "1a"));
        assertThat(barrier().orElseThrow().ages()).singleElement().satisfies(ages -> assertThat(ages.reference())
                .isBetween(now, System.currentTimeMillis()));
    }

    @Test
    void saysNothingWhereNothingCame() throws Exception {
        harness.open();
        assertThat(barrier()).isEmpty();
        sees(record(ORDERS_0, 0, "1a"));
        assertThat(barrier()).isPresent();
        assertThat(barrier()).isEmpty();
    }

    @Test
    void countsNothingTwiceOverBarriersAndFullBatches() throws Exception {
        harness.open();
        int records = Batches.Limits.within(0).records() * 2 + 5;
        for (int position = 0; position < records; position++) {
            sees(record(position % 7 == 0 ? ORDERS_1 : ORDERS_0, position, position % 5 == 0 ? "1bad" : "1"));
            if (position == 700) {
                check(barrier().orElseThrow(), 0, 701);
            }
        }
        check(barrier().orElseThrow(), 701, records);
    }

    private static void check(LedgerEntry entry, int from, int to) {
        long[] expected = new long[4];
        for (int position = from; position < to; position++) {
            expected[(position % 7 == 0 ? 1 : 0) + (position % 5 == 0 ? 2 : 0)]++;
        }
        assertThat(entry.outcomes())
                .containsExactly(
                        routed(ORDERS_0, ORDERS, expected[0]),
                        quarantined(ORDERS_0, "sales.orders", "invalid-value", expected[2]),
                        routed(ORDERS_1, ORDERS, expected[1]),
                        quarantined(ORDERS_1, "sales.orders", "invalid-value", expected[3]));
        assertThat(entry.staged())
                .extracting(StagedFiles::table, StagedFiles::records)
                .containsExactly(
                        tuple(FakeLake.QUARANTINE, expected[2] + expected[3]),
                        tuple(ORDERS, expected[0] + expected[1]));
    }

    @Test
    void sendsWhatItCanNotDeliverToQuarantine() throws Exception {
        harness.open();
        sees(record(ORDERS_0, 0, "no schema"), record(ODDS_0, 4, "1a"), record(ORDERS_0, 1, "1bad"));
        sees(record(ORDERS_0, 2, "1good"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .containsExactly(
                        quarantined(ODDS_0, "", "unrouted", 1),
                        routed(ORDERS_0, ORDERS, 1),
                        quarantined(ORDERS_0, "sales.orders", "invalid-value", 1),
                        quarantined(ORDERS_0, "sales.orders", "wrong-magic-byte", 1));
        assertThat(rows(entry, FakeLake.QUARANTINE))
                .containsExactly(
                        "kafka/orders-0@0 sales.orders wrong-magic-byte the value has no schema id",
                        "kafka/odds-0@4 - unrouted no route names the stream `odds`",
                        "kafka/orders-0@1 sales.orders invalid-value `1bad` is bad");
        assertThat(rows(entry, ORDERS)).containsExactly("kafka/orders-0@2 schema 1 1good");
    }

    @Test
    void countsWhatTheFileLeavesOutAndWritesItNowhere() throws Exception {
        harness.open();
        sees(record(ORDERS_0, 0, "1filtered"), record(ORDERS_0, 1, "1dropped"), record(ORDERS_0, 2, "1good"));
        sees(record(BOTH_0, 0, "1filtered"), record(ORDERS_0, 3, "1filtered"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .containsExactly(
                        copied(BOTH_0, 1),
                        new OutcomeCount(BOTH_0, Outcome.FILTERED, "sales.orders", "", 1),
                        new OutcomeCount(BOTH_0, Outcome.FILTERED, "sales.refunds", "", 1),
                        routed(ORDERS_0, ORDERS, 1),
                        new OutcomeCount(ORDERS_0, Outcome.FILTERED, "sales.orders", "", 2),
                        new OutcomeCount(ORDERS_0, Outcome.DROPPED, "sales.orders", "positive-amount", 1));
        assertThat(entry.staged()).extracting(StagedFiles::table).containsExactly(ORDERS);
        assertThat(rows(entry, ORDERS)).containsExactly("kafka/orders-0@2 schema 1 1good");
    }

    @Test
    void sendsRecordsOfATableThatIsDetachedToQuarantineAndAsksItNothing() throws Exception {
        lake.ledger().detach(new DetachedTable(ORDERS, 3, 7, Instant.EPOCH, Instant.EPOCH, "it is read-only"), 0);
        harness.open();
        sees(
                record(ORDERS_0, 0, "1a"),
                record(REFUNDS_0, 0, "2c"),
                record(ORDERS_0, 1, "1bad"),
                record(BOTH_0, 0, "1d"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .containsExactly(
                        routed(BOTH_0, REFUNDS, 1),
                        copied(BOTH_0, 1),
                        quarantined(BOTH_0, "sales.orders", "table-detached", 1),
                        quarantined(ORDERS_0, "sales.orders", "table-detached", 2),
                        routed(REFUNDS_0, REFUNDS, 1));
        assertThat(entry.staged()).extracting(StagedFiles::table).containsExactly(FakeLake.QUARANTINE, REFUNDS);
        String reason = " sales.orders table-detached table `sales.orders` is detached since epoch 7: it is read-only";
        assertThat(rows(entry, FakeLake.QUARANTINE))
                .containsExactly("kafka/orders-0@0" + reason, "kafka/orders-0@1" + reason, "kafka/both-0@0" + reason);
    }

    private static OutcomeCount copied(Split split, long records) {
        return new OutcomeCount(split, Outcome.COPIED, "", "", records);
    }

    @Test
    void writesACopyToEachTableOfARoute() throws Exception {
        harness.open();
        sees(record(BOTH_0, 0, "1a"), record(BOTH_0, 1, "1b"), record(ORDERS_0, 0, "1c"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .containsExactly(
                        routed(BOTH_0, ORDERS, 2),
                        routed(BOTH_0, REFUNDS, 2),
                        copied(BOTH_0, 2),
                        routed(ORDERS_0, ORDERS, 1));
        assertThat(rows(entry, ORDERS))
                .containsExactly(
                        "kafka/both-0@0 schema 1 1a", "kafka/both-0@1 schema 1 1b", "kafka/orders-0@0 schema 1 1c");
        assertThat(rows(entry, REFUNDS)).containsExactly("kafka/both-0@0 schema 1 1a", "kafka/both-0@1 schema 1 1b");
    }

    @Test
    void aCopyThatOneTableRefusesIsInQuarantineWhileTheOtherIsWritten() throws Exception {
        harness.open();
        lake.refuse(REFUNDS, "1a");
        sees(record(BOTH_0, 0, "1a"), record(BOTH_0, 1, "1b"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .containsExactly(
                        routed(BOTH_0, ORDERS, 2),
                        routed(BOTH_0, REFUNDS, 1),
                        copied(BOTH_0, 2),
                        quarantined(BOTH_0, "sales.refunds", "schema-not-in-table", 1));
        assertThat(rows(entry, ORDERS)).containsExactly("kafka/both-0@0 schema 1 1a", "kafka/both-0@1 schema 1 1b");
        assertThat(rows(entry, REFUNDS)).containsExactly("kafka/both-0@1 schema 1 1b");
        assertThat(rows(entry, FakeLake.QUARANTINE))
                .containsExactly("kafka/both-0@0 sales.refunds schema-not-in-table `1a` is not for sales.refunds");
    }

    @Test
    void aRecordThatNoneOfItsTablesCanTakeIsInQuarantineOnceForEach() throws Exception {
        harness.open();
        sees(record(BOTH_0, 0, "no schema"), record(BOTH_0, 1, "1bad"));
        sees(new RawRecord(BOTH_0, 2, 0, new byte[] {1}, null, List.of()));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .containsExactly(
                        copied(BOTH_0, 2),
                        quarantined(BOTH_0, "sales.orders", "invalid-value", 1),
                        quarantined(BOTH_0, "sales.orders", "wrong-magic-byte", 1),
                        quarantined(BOTH_0, "sales.refunds", "invalid-value", 1),
                        quarantined(BOTH_0, "sales.refunds", "wrong-magic-byte", 1),
                        new OutcomeCount(BOTH_0, Outcome.NON_DATA, "", "tombstone", 1));
        assertThat(rows(entry, FakeLake.QUARANTINE))
                .containsExactly(
                        "kafka/both-0@0 sales.orders wrong-magic-byte the value has no schema id",
                        "kafka/both-0@0 sales.refunds wrong-magic-byte the value has no schema id",
                        "kafka/both-0@1 sales.orders invalid-value `1bad` is bad",
                        "kafka/both-0@1 sales.refunds invalid-value `1bad` is bad");
    }

    @Test
    void makesATableForEachValueAndKeepsWhatHasNone() throws Exception {
        harness.open();
        sees(record(EVENTS_0, 0, "1click"), record(EVENTS_0, 1, "1view"), record(EVENTS_0, 2, "1click"));
        sees(record(EVENTS_0, 3, "1null"), record(EVENTS_0, 4, "1"), record(EVENTS_0, 5, "1scroll"));
        sees(record(EVENTS_0, 6, "no schema"), record(EVENTS_0, 7, "1Refunds"));

        LedgerEntry entry = barrier().orElseThrow();

        TableName click = new TableName("sales.click");
        TableName view = new TableName("sales.view");
        assertThat(lake.made()).containsOnlyKeys(click, view);
        assertThat(entry.outcomes())
                .containsExactly(
                        routed(EVENTS_0, click, 2),
                        routed(EVENTS_0, ORDERS, 7),
                        routed(EVENTS_0, view, 1),
                        copied(EVENTS_0, 8),
                        quarantined(EVENTS_0, "", "table-name-taken", 1),
                        quarantined(EVENTS_0, "", "too-many-tables", 1),
                        quarantined(EVENTS_0, "", "unrouted", 2),
                        quarantined(EVENTS_0, "", "wrong-magic-byte", 1),
                        quarantined(EVENTS_0, "sales.orders", "wrong-magic-byte", 1));
        assertThat(rows(entry, FakeLake.QUARANTINE))
                .containsExactlyInAnyOrder(
                        "kafka/events-0@3 - unrouted `type` is null, so it names no table",
                        "kafka/events-0@4 - unrouted `type` is empty, so it names no table",
                        "kafka/events-0@5 - too-many-tables `scroll` would need a table of its own, and `sales.$by` has"
                                + " its 2",
                        "kafka/events-0@6 sales.orders wrong-magic-byte the value has no schema id",
                        "kafka/events-0@6 - wrong-magic-byte the value has no schema id",
                        "kafka/events-0@7 - table-name-taken `Refunds` leads to `sales.Refunds`, which another route names"
                                + " or Firn itself needs");
    }

    @Test
    void failsWhereTheCatalogFailsAsATableIsMade() throws Exception {
        harness.open();
        OutsideException down = new OutsideException("the catalog is down");
        lake.faults().once("create sales.click", down);
        assertThatThrownBy(() -> sees(record(EVENTS_0, 0, "1click"))).isSameAs(down);
    }

    @Test
    void sendsACopyForASmallTableToWhoGathersItAndCountsOnlyWhatItKeeps() throws Exception {
        TableWriter one = new TableWriter(config(2), ROUTES);
        try (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(one, 128, 2, 0)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();
            subtask.processElement(new StreamRecord<>(record(BOTH_0, 0, "1a")));
            subtask.processElement(new StreamRecord<>(record(BOTH_0, 1, "no schema")));
            subtask.processElement(new StreamRecord<>(new RawRecord(BOTH_0, 2, 0, new byte[] {1}, null, List.of())));

            subtask.prepareSnapshotPreBarrier(1);

            assertThat(subtask.getSideOutput(TableWriter.GATHERED))
                    .extracting(gathered -> (GatheredRecord) gathered.getValue())
                    .extracting(
                            gathered -> gathered.record().position(), GatheredRecord::table, GatheredRecord::schemaId)
                    .containsExactly(tuple(0L, ORDERS, 1), tuple(0L, REFUNDS, 1));
            assertThat(subtask.extractOutputValues()).singleElement().satisfies(entry -> {
                assertThat(entry.outcomes())
                        .containsExactly(
                                copied(BOTH_0, 2),
                                quarantined(BOTH_0, "sales.orders", "wrong-magic-byte", 1),
                                quarantined(BOTH_0, "sales.refunds", "wrong-magic-byte", 1),
                                new OutcomeCount(BOTH_0, Outcome.NON_DATA, "", "tombstone", 1));
                assertThat(entry.staged()).extracting(StagedFiles::table).containsExactly(FakeLake.QUARANTINE);
            });
        }
    }

    @Test
    void nothingOfATableThatIsDetachedIsGathered() throws Exception {
        lake.ledger().detach(new DetachedTable(ORDERS, 3, 7, Instant.EPOCH, Instant.EPOCH, "it is read-only"), 0);
        TableWriter one = new TableWriter(config(2), ROUTES);
        try (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(one, 128, 2, 0)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();
            subtask.processElement(new StreamRecord<>(record(BOTH_0, 0, "1a")));

            subtask.prepareSnapshotPreBarrier(1);

            assertThat(subtask.getSideOutput(TableWriter.GATHERED))
                    .extracting(gathered -> ((GatheredRecord) gathered.getValue()).table())
                    .containsExactly(REFUNDS);
            assertThat(subtask.extractOutputValues()).singleElement().satisfies(entry -> assertThat(entry.outcomes())
                    .containsExactly(copied(BOTH_0, 1), quarantined(BOTH_0, "sales.orders", "table-detached", 1)));
        }
    }

    private static RawRecord delete(Split split, long position, String key) {
        return new RawRecord(split, position, 0, key.getBytes(UTF_8), null, List.of());
    }

    @Test
    void deletesFromEachTableOfARecordWithoutAValue() throws Exception {
        lake.deleteByKeys();
        harness.open();
        sees(delete(BOTH_0, 0, "key-a"), delete(BOTH_0, 1, "bad"));

        LedgerEntry entry = barrier().orElseThrow();

        assertThat(entry.outcomes())
                .containsExactly(
                        copied(BOTH_0, 2),
                        quarantined(BOTH_0, "sales.orders", "invalid-value", 1),
                        quarantined(BOTH_0, "sales.refunds", "invalid-value", 1),
                        new OutcomeCount(BOTH_0, Outcome.DELETED, "sales.orders", "", 1),
                        new OutcomeCount(BOTH_0, Outcome.DELETED, "sales.refunds", "", 1));
        assertThat(lake.deletes())
                .containsExactlyInAnyOrder("sales.orders kafka/both-0@0 key-a", "sales.refunds kafka/both-0@0 key-a");
    }

    @Test
    void aTableThatKeepsItsRowsCountsWhatWouldDeleteOne() throws Exception {
        lake.deleteByKeys();
        WriterRoutes keeping = new WriterRoutes(ROUTES.tables(), ROUTES.byValue(), ROUTES.reserved(), Set.of(REFUNDS));
        try (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(new TableWriter(config(1), keeping), 128, 1, 0)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();
            subtask.processElement(new StreamRecord<>(delete(BOTH_0, 0, "key-a")));

            subtask.prepareSnapshotPreBarrier(1);

            assertThat(subtask.extractOutputValues()).singleElement().satisfies(entry -> assertThat(entry.outcomes())
                    .containsExactly(
                            copied(BOTH_0, 1),
                            new OutcomeCount(BOTH_0, Outcome.NON_DATA, "", "tombstone", 1),
                            new OutcomeCount(BOTH_0, Outcome.DELETED, "sales.orders", "", 1)));
        }
        assertThat(lake.deletes()).containsExactly("sales.orders kafka/both-0@0 key-a");
    }

    @Test
    void sendsADeleteToWhoeverWritesTheRowsOfItsKey() throws Exception {
        lake.deleteByKeys();
        lake.replaceRows(ORDERS);
        TableWriter one = new TableWriter(config(2), ROUTES);
        try (OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry> subtask =
                new OneInputStreamOperatorTestHarness<>(one, 128, 2, 0)) {
            subtask.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            subtask.open();
            for (char key = 'a'; key <= 'd'; key++) {
                subtask.processElement(new StreamRecord<>(record(ORDERS_0, 2 * key, "1" + key)));
                subtask.processElement(new StreamRecord<>(delete(ORDERS_0, 2 * key + 1, "key-" + key)));
            }
            subtask.processElement(new StreamRecord<>(delete(ORDERS_0, 1_000, "bad")));

            subtask.prepareSnapshotPreBarrier(1);

            List<GatheredRecord> sent = subtask.getSideOutput(TableWriter.GATHERED).stream()
                    .map(gathered -> (GatheredRecord) gathered.getValue())
                    .toList();
            assertThat(sent).hasSize(8);
            for (int row = 0; row < sent.size(); row += 2) {
                assertThat(sent.get(row + 1).writer()).isEqualTo(sent.get(row).writer());
                assertThat(sent.get(row + 1).record().value()).isNull();
            }
            assertThat(subtask.extractOutputValues()).singleElement().satisfies(entry -> assertThat(entry.outcomes())
                    .containsExactly(quarantined(ORDERS_0, "sales.orders", "invalid-value", 1)));
        }
    }

    @Test
    void aDeleteThatNoRouteTakesIsNotLost() throws Exception {
        lake.deleteByKeys();
        harness.open();
        sees(delete(new Split("kafka", "strange", 0, "x"), 0, "key-a"));

        assertThat(barrier().orElseThrow().outcomes())
                .extracting(OutcomeCount::reason)
                .containsExactly("unrouted");
    }

    @Test
    void countsTombstonesAsNoDataWithoutFiles() throws Exception {
        harness.open();
        sees(new RawRecord(ORDERS_0, 0, 0, new byte[] {1}, null, List.of()));
        LedgerEntry entry = barrier().orElseThrow();
        assertThat(entry.outcomes()).containsExactly(new OutcomeCount(ORDERS_0, Outcome.NON_DATA, "", "tombstone", 1));
        assertThat(entry.staged()).isEmpty();
    }

    @Test
    void failsWhereTheOutsideFails() throws Exception {
        harness.open();
        OutsideException down = new OutsideException("the catalog is down");
        sees(record(ORDERS_0, 0, "1a"));
        lake.faults().once("stage", down);
        assertThatThrownBy(this::barrier).isSameAs(down);
    }

    @Test
    void aSchemaThatATableMustNotFollowEndsTheJobForGood() throws Exception {
        SchemaChangeRefused refused = new SchemaChangeRefused("table `sales.orders` does not follow");
        lake.faults().once("write", refused);
        harness.open();
        sees(record(ORDERS_0, 0, "1a"));

        assertThatThrownBy(this::barrier)
                .isInstanceOf(SuppressRestartsException.class)
                .hasCause(refused);
    }

    @Test
    void leavesNothingOpenWhereOpeningFailsHalfWay() {
        OutsideException down = new OutsideException("down");
        lake.faults().once("open format", down);
        assertThatThrownBy(harness::open).isSameAs(down);
    }

    @Test
    void leavesNothingOpenWhereThereAreNoWriters() {
        OutsideException down = new OutsideException("down");
        lake.faults().once("writers", down);
        assertThatThrownBy(harness::open).isSameAs(down);
    }

    @Test
    void closesTheRestWhereOneDoesNotClose() throws Exception {
        harness.open();
        OutsideException stuck = new OutsideException("stuck");
        lake.faults().loseAnswer("close writers", stuck);
        assertThatThrownBy(writer::close).isSameAs(stuck);
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void refusesMarksThatTheTapKeeps() throws Exception {
        harness.open();
        assertThatThrownBy(() -> sees(new SourceEvent.SplitOpened(ORDERS_0, 0)))
                .hasMessageStartingWith("our bug: the tap let ");
    }
}

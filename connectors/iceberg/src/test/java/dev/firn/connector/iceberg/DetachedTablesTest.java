package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a ledger says of tables that the pipeline goes on without, and what it keeps for them. */
class DetachedTablesTest {

    private static final TableName LEDGER = TestLake.NAMES.ledger();
    private static final TableName REFUNDS = new TableName("sales.refunds");
    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");

    private static final DetachedTable DETACHED = new DetachedTable(
            TestLake.ORDERS,
            12,
            17,
            Instant.parse("2026-11-25T22:00:00Z"),
            Instant.parse("2026-11-25T10:00:00Z"),
            "table `sales.orders` can't be written to: a=1; b=2");

    /** All but the last two rows are old, and five files become one. */
    private static final LedgerUpkeep.Limits OFTEN =
            new LedgerUpkeep.Limits(5, 5, 8 << 20, 6, 10, Duration.ofDays(1), Duration.ofDays(9999));

    private static final LedgerUpkeep.Limits NOTHING_IS_YOUNG =
            new LedgerUpkeep.Limits(5, 5, 8 << 20, 6, 10, Duration.ofDays(1), Duration.ofDays(-1));

    @TempDir
    Path folder;

    private TestLake test;

    static Stream<RuntimeException> answers() {
        return Stream.of(
                new CommitFailedException("409"),
                new CommitStateUnknownException(new IllegalStateException("504")),
                new ServiceUnavailableException("503"));
    }

    @BeforeEach
    void open() {
        open(CatalogKind.HADOOP);
    }

    private void open(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Ledger ledger(LedgerUpkeep.Limits limits) {
        test.ledger();
        return new IcebergLedger(
                test.tables(UnaryOperator.<TableOperations>identity()),
                TestLake.NAMES,
                new Retries(6, Duration.ofMillis(1)),
                limits);
    }

    private static Epoch epoch(long number, long run, TableName... tables) {
        return new Epoch(
                number,
                run,
                "plan",
                number,
                List.of(new SplitProgress(ORDERS_0, (number - 1) * 10, number * 10, 10)),
                List.of(),
                Stream.of(tables)
                        .map(table -> new StagedFiles(table, "uuid-1", new byte[] {(byte) number, 1}, 1, 9, 4711))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void isDetachedUntilItIsAttached(CatalogKind kind) {
        open(kind);
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        assertThat(ledger.detached()).isEmpty();

        ledger.detach(DETACHED, run);
        ledger.detach(DETACHED, run);

        assertThat(test.ledger().detached()).containsExactly(Map.entry(TestLake.ORDERS, DETACHED));
        ledger.append(epoch(1, run, TestLake.ORDERS), 0);
        assertThat(test.ledger().read().lastEpoch()).isEqualTo(1);
        long next = test.ledger().claimRun();
        assertThat(test.ledger().detached()).containsOnlyKeys(TestLake.ORDERS);

        test.ledger().attach(TestLake.ORDERS, next);
        test.ledger().attach(TestLake.ORDERS, next);
        assertThat(ledger.detached()).isEmpty();
        test.assertEverySnapshotIsReadable(LEDGER);
    }

    @Test
    void keepsALongReasonShort() {
        Ledger ledger = test.ledger();
        ledger.detach(
                new DetachedTable(TestLake.ORDERS, 1, 2, DETACHED.at(), DETACHED.oldest(), "x".repeat(10_000)),
                ledger.claimRun());
        assertThat(ledger.detached().values())
                .extracting(DetachedTable::reason)
                .containsExactly("x".repeat(500) + "...");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isWrittenOnceWhateverIsAnswered(RuntimeException answer) {
        Ledger calm = test.ledger();
        long run = calm.claimRun();
        int before = test.ancestry(LEDGER).size();
        Ledger ledger = test.open(new FaultyCommits(
                        FaultyCommits.landedThen(answer),
                        FaultyCommits.neverSent(answer),
                        FaultyCommits.landedThen(answer)))
                .ledger();

        ledger.detach(DETACHED, run);
        ledger.attach(TestLake.ORDERS, run);

        assertThat(calm.detached()).isEmpty();
        assertThat(test.ancestry(LEDGER)).hasSize(before + 2);
        test.open(new FaultyCommits(FaultyCommits.landedThen(answer)).blindFor(1))
                .ledger()
                .detach(DETACHED, run);
        assertThat(calm.detached()).containsOnlyKeys(TestLake.ORDERS);
        assertThat(test.ancestry(LEDGER)).hasSize(before + 3);
    }

    @Test
    void aRunThatHasBeenSupersededWritesNothing() {
        Ledger ledger = test.ledger();
        long old = ledger.claimRun();
        test.ledger().claimRun();

        assertThatThrownBy(() -> ledger.detach(DETACHED, old)).isInstanceOf(Ledger.RunSuperseded.class);
        assertThatThrownBy(() -> ledger.attach(TestLake.ORDERS, old)).isInstanceOf(Ledger.RunSuperseded.class);
        assertThat(ledger.detached()).isEmpty();
    }

    @Test
    void aClaimThatComesBetweenALookAndItsCommitIsSeenWhereOnlySnapshotsAreCompared() {
        Ledger calm = test.ledger();
        long old = calm.claimRun();
        Lake late = test.openLikeRest(new FaultyCommits(send -> {
            calm.claimRun();
            send.run();
        }));

        assertThatThrownBy(() -> late.ledger().detach(DETACHED, old)).isInstanceOf(Ledger.RunSuperseded.class);
        assertThat(calm.detached()).isEmpty();
    }

    @Test
    void tellsWhatWaitsBehindTheLastEpochThatTheTableHas() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, TestLake.ORDERS, REFUNDS), 0);
        ledger.append(epoch(2, run, TestLake.ORDERS), 0);
        ledger.append(epoch(3, run, REFUNDS), 1);
        ledger.append(epoch(4, run, TestLake.ORDERS, TestLake.ORDERS), 1);
        assertThat(ledger.waiting()).isEmpty();

        ledger.detach(new DetachedTable(TestLake.ORDERS, 1, 4, DETACHED.at(), DETACHED.oldest(), "full"), run);
        ledger.detach(new DetachedTable(REFUNDS, 3, 4, DETACHED.at(), DETACHED.oldest(), "full"), run);

        assertThat(ledger.waiting())
                .containsExactly(
                        Map.entry(TestLake.ORDERS, new WaitingEpochs(2, 27, 3 * 4711, 2, 4)),
                        Map.entry(REFUNDS, WaitingEpochs.NONE));
    }

    @Test
    void upkeepKeepsThePointersToWhatWaitsAndNoOthers() {
        Ledger ledger = ledger(OFTEN);
        long run = ledger.claimRun();
        for (long number = 1; number <= 40; number++) {
            ledger.append(epoch(number, run, TestLake.ORDERS, REFUNDS), number <= 4 ? 0 : number - 1);
            if (number == 4) {
                ledger.detach(new DetachedTable(TestLake.ORDERS, 2, 4, DETACHED.at(), DETACHED.oldest(), "full"), run);
            }
            ledger.upkeep(epoch(number, run));
        }

        assertThat(LedgerFiles.of(test.table(LEDGER)).files())
                .as("the ledger stays small all the same")
                .hasSizeLessThan(15);
        assertThat(ledger.read().open()).hasSize(1);
        List<StagedEpoch> waiting = test.ledger().staged(TestLake.ORDERS, 2, 40);
        assertThat(waiting).hasSize(38).allSatisfy(epoch -> assertThat(
                        epoch.files().get(0).pointer())
                .isEqualTo(new byte[] {(byte) epoch.epoch(), 1}));
        assertThat(test.ledger().staged(TestLake.ORDERS, 0, 2))
                .allSatisfy(epoch -> assertThat(epoch.files().get(0).pointer()).isEmpty());
        assertThat(test.ledger().staged(REFUNDS, 0, 20))
                .allSatisfy(epoch -> assertThat(epoch.files().get(0).pointer()).isEmpty());
    }

    @Test
    void whatWaitsIsNotAddedUpHoweverOldItIs() {
        Ledger ledger = ledger(NOTHING_IS_YOUNG);
        long run = ledger.claimRun();
        for (long number = 1; number <= 36; number++) {
            ledger.append(epoch(number, run, TestLake.ORDERS), Math.max(0, number <= 12 ? number - 3 : number - 1));
            if (number == 12) {
                ledger.detach(
                        new DetachedTable(TestLake.ORDERS, 10, 12, DETACHED.at(), DETACHED.oldest(), "full"), run);
            }
            ledger.upkeep(epoch(number, run));
        }

        List<WrittenEpoch> history = new ArrayList<>();
        test.ledger().history(0, history::add);
        assertThat(history.get(0).epoch().number())
                .as("what was in the table is")
                .isBetween(5L, 10L);
        assertThat(test.ledger().staged(TestLake.ORDERS, 10, 36))
                .hasSize(26)
                .allSatisfy(epoch -> assertThat(epoch.files().get(0).pointer()).hasSize(2));

        ledger.attach(TestLake.ORDERS, run);
        for (long number = 37; number <= 50; number++) {
            ledger.append(epoch(number, run), number - 1);
            ledger.upkeep(epoch(number, run));
        }
        history.clear();
        test.ledger().history(0, history::add);
        assertThat(history.get(0).epoch().number()).isGreaterThan(25);
    }

    @Test
    void whatWaitsIsThereUntilSomebodyDeletesIt() throws Exception {
        Lake lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        StagedEpoch first = TestLake.stage(lake, 1, 1, 10);
        StagedEpoch second = TestLake.stage(lake, 1, 2, 11);
        StagedEpoch third = TestLake.stage(lake, 1, 3, 12);
        lake.requireStaged(TestLake.ORDERS, List.of(first, second, third));

        deleteDataFiles(third);
        lake.requireStaged(TestLake.ORDERS, List.of(first, second));
        assertThatThrownBy(() -> lake.requireStaged(TestLake.ORDERS, List.of(first, second, third)))
                .isInstanceOf(CommitRefused.class)
                .hasMessageMatching(
                        "`.*\\.parquet`, which was staged for table `sales.orders` in epoch 3, is gone: whoever"
                                + " cleans up orphan files has deleted it\\. Nothing of what waits for the table is committed,"
                                + " for a table with a file that is gone can't be read; bring the file back");

        Files.delete(path(StagedManifest.of(second.files().get(0)).path()));
        assertThatThrownBy(() -> lake.requireStaged(TestLake.ORDERS, List.of(second)))
                .isInstanceOf(CommitRefused.class)
                .hasMessageMatching("`.*\\.avro`, which was staged for table `sales.orders` in epoch 2, is gone: .*");
    }

    @Test
    void whatTheTableHasNeedNotBeThereAnyMore() throws Exception {
        Lake lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        StagedEpoch first = TestLake.stage(lake, 1, 1, 10);
        lake.commit(TestLake.ORDERS, List.of(first));
        deleteDataFiles(first);

        lake.requireStaged(TestLake.ORDERS, List.of(first, TestLake.stage(lake, 1, 2, 11)));
    }

    private static Path path(String location) {
        return Path.of(location.replaceFirst("^file:(//)?", ""));
    }

    private void deleteDataFiles(StagedEpoch epoch) throws Exception {
        var manifest = org.apache.iceberg.GenericManifestFile.copyOf(
                        StagedManifest.of(epoch.files().get(0)))
                .withSnapshotId(-1L)
                .build();
        var table = test.table(TestLake.ORDERS);
        try (var files = org.apache.iceberg.ManifestFiles.read(manifest, table.io(), table.specs())) {
            for (var file : files) {
                Files.delete(path(file.path().toString()));
            }
        }
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochCommitTest {

    private static final String MARK = "firn.shop.main";

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;

    @BeforeEach
    void open() {
        open(CatalogKind.HADOOP);
    }

    private void open(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void commitsAnEpochOnce(CatalogKind kind) {
        open(kind);
        StagedEpoch epoch = TestLake.stage(lake, 1, 1, 10, 11, 12);

        lake.commit(TestLake.ORDERS, List.of(epoch));
        lake.commit(TestLake.ORDERS, List.of(epoch));
        test.open().commit(TestLake.ORDERS, List.of(epoch));

        assertThat(test.numbers()).containsExactly(10L, 11L, 12L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void mergesOpenEpochsIntoOneCommit(CatalogKind kind) {
        open(kind);
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1);
        StagedEpoch second = TestLake.stage(lake, 1, 2, 2, 20);
        StagedEpoch third = TestLake.stage(lake, 2, 3, 3);

        lake.commit(TestLake.ORDERS, List.of(third, first, second));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 20L);
        assertThat(test.ancestry(TestLake.ORDERS)).singleElement().satisfies(snapshot -> assertThat(snapshot.summary())
                .containsEntry("firn.pipeline", "shop")
                .containsEntry("firn.run", "2")
                .containsEntry("firn.epoch-first", "1")
                .containsEntry("firn.epoch", "3")
                .containsEntry("firn.records", "4"));
        Snapshot head = test.table(TestLake.ORDERS).currentSnapshot();
        assertThat(test.table(TestLake.ORDERS).properties().get(MARK))
                .startsWith("epoch=3;run=2;snapshot=" + head.snapshotId() + ";sequence=1;ledger=");
    }

    @Test
    void saysInTheSnapshotUnderWhichPlanTheLastOfItsEpochsWasRead() {
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1);
        StagedEpoch second = TestLake.stage(lake, 1, 2, 2);

        lake.commit(
                TestLake.ORDERS,
                List.of(
                        new StagedEpoch(1, 1, "0123456789abcdef", first.files()),
                        new StagedEpoch(1, 2, "fedcba9876543210", second.files())));
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 3, 3)));

        assertThat(test.ancestry(TestLake.ORDERS))
                .extracting(snapshot -> snapshot.summary().get("firn.plan"))
                .containsExactlyInAnyOrder("fedcba9876543210", null);
    }

    @Test
    void saysInTheSnapshotHowLargeTheFilesAre() {
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1)));
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 2, 2, 20)));

        List<Long> bytes = test.addedBytes();
        assertThat(bytes).hasSize(2).allMatch(size -> size > 0);
        assertThat(test.table(TestLake.ORDERS).currentSnapshot().summary())
                .containsEntry("added-files-size", Long.toString(bytes.get(0)))
                .containsEntry("total-files-size", Long.toString(bytes.get(0) + bytes.get(1)));
    }

    @Test
    void commitsOfAMergeOnlyWhatIsMissing() {
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1);
        StagedEpoch second = TestLake.stage(lake, 1, 2, 2);
        lake.commit(TestLake.ORDERS, List.of(first));

        lake.commit(TestLake.ORDERS, List.of(first, second));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.table(TestLake.ORDERS).currentSnapshot().summary())
                .containsEntry("firn.epoch", "2")
                .doesNotContainKey("firn.epoch-first");
    }

    @Test
    void makesNoCommitWithoutRecords() {
        lake.commit(TestLake.ORDERS, List.of());
        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 1, List.of())));

        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();
    }

    @Test
    void commitsManifestsOfSeveralSubtasks() {
        List<StagedFiles> files =
                new ArrayList<>(TestLake.stage(lake, 1, 1, 1, 2).files());
        files.addAll(TestLake.stage(lake, 1, 1, 3).files());

        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 1, files)));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void commitsFilesOfSeveralPartitionSpecsTogether() {
        StagedEpoch before = TestLake.stage(lake, 1, 1, 1, 2);
        test.table(TestLake.ORDERS)
                .updateSpec()
                .addField(Expressions.bucket("n", 4))
                .commit();
        StagedEpoch after = TestLake.stage(lake, 1, 2, 3, 4);

        lake.commit(TestLake.ORDERS, List.of(before, after));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L);
        Table table = test.table(TestLake.ORDERS);
        assertThat(table.currentSnapshot().allManifests(table.io()))
                .extracting(manifest -> manifest.partitionSpecId())
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void keepsManifestsFewOverManyEpochs() {
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("commit.manifest.min-count-to-merge", "5")
                .commit();
        for (int epoch = 1; epoch <= 12; epoch++) {
            lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, epoch, epoch)));
        }

        assertThat(test.numbers()).hasSize(12);
        Table table = test.table(TestLake.ORDERS);
        assertThat(table.currentSnapshot().allManifests(table.io())).hasSizeLessThan(6);
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @Test
    void commitsToATableOfFormatVersionOne() {
        lake.create(new TableSpec(
                new TableName("sales.old"),
                TestLake.ONE_NUMBER,
                List.of(),
                new TreeMap<>(Map.of("format-version", "1"))));
        TableName old = new TableName("sales.old");
        for (int epoch = 1; epoch <= 2; epoch++) {
            StagedEpoch staged = new StagedEpoch(1, epoch, TestLake.stage(lake, 1, old, ListedRows.ofNumbers(epoch)));
            lake.commit(old, List.of(staged));
            lake.commit(old, List.of(staged));
        }
        test.table(old)
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();
        lake.commit(old, List.of(new StagedEpoch(1, 3, TestLake.stage(lake, 1, old, ListedRows.ofNumbers(3)))));

        assertThat(test.rows(old)).extracting(row -> row.get(0)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void keepsItsPartOfTheSummaryUnderTwoKibibytes() {
        lake.commit(
                TestLake.ORDERS,
                List.of(TestLake.stage(lake, 1, Long.MAX_VALUE - 1, 1), TestLake.stage(lake, 1, Long.MAX_VALUE, 2)));

        int size = test.table(TestLake.ORDERS).currentSnapshot().summary().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("firn."))
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        assertThat(size).isLessThan(2048);
    }

    @Test
    void refusesATableThatWasRolledBack() {
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1)));
        StagedEpoch second = TestLake.stage(lake, 1, 2, 2);
        lake.commit(TestLake.ORDERS, List.of(second));
        List<Snapshot> ancestry = test.ancestry(TestLake.ORDERS);
        rollBackTo(ancestry.get(1).snapshotId());
        StagedEpoch third = TestLake.stage(lake, 1, 3, 3);

        for (StagedEpoch epoch : List.of(second, third)) {
            assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(epoch)))
                    .isInstanceOf(TableRolledBack.class)
                    .hasMessage("table `sales.orders` was rolled back: epoch 2 was committed as snapshot `"
                            + ancestry.get(0).snapshotId()
                            + "`, which is not among the ancestors of the table's current snapshot; set the table to"
                            + " that snapshot again, or, if its rows are to stay away, remove the table property `"
                            + MARK + "`");
        }
        assertThat(test.numbers()).containsExactly(1L);
    }

    @Test
    void refusesATableThatWasRolledBackWhenTheSnapshotHasExpiredSince() {
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1)));
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 2, 2)));
        List<Snapshot> ancestry = test.ancestry(TestLake.ORDERS);
        rollBackTo(ancestry.get(1).snapshotId());
        test.table(TestLake.ORDERS)
                .expireSnapshots()
                .expireSnapshotId(ancestry.get(0).snapshotId())
                .commit();

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 3, 3))))
                .isInstanceOf(TableRolledBack.class);
    }

    @Test
    void goesOnWhenARolledBackTableIsAcceptedAsItIs() {
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1)));
        StagedEpoch second = TestLake.stage(lake, 1, 2, 2);
        lake.commit(TestLake.ORDERS, List.of(second));
        rollBackTo(test.ancestry(TestLake.ORDERS).get(1).snapshotId());
        test.table(TestLake.ORDERS).updateProperties().remove(MARK).commit();

        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 3, 3)));

        assertThat(test.numbers()).containsExactly(1L, 3L);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void knowsItsEpochAfterSomebodyElseHasExpiredTheSnapshot(CatalogKind kind) {
        open(kind);
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1);
        lake.commit(TestLake.ORDERS, List.of(first));
        test.commitForeignFile();
        test.table(TestLake.ORDERS)
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();
        assertThat(test.ancestry(TestLake.ORDERS)).singleElement().satisfies(snapshot -> assertThat(snapshot.summary())
                .doesNotContainKey("firn.epoch"));

        lake.commit(TestLake.ORDERS, List.of(first));
        lake.commit(TestLake.ORDERS, List.of(first, TestLake.stage(lake, 1, 2, 2)));

        assertThat(test.totalRecords()).isEqualTo(1_000_000 + 2);
    }

    @Test
    void knowsItsEpochUnderCommitsOfOthersWithoutTheMark() {
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1);
        lake.commit(TestLake.ORDERS, List.of(first));
        test.commitForeignFile();
        test.commitForeignFile();
        test.table(TestLake.ORDERS).updateProperties().remove(MARK).commit();

        lake.commit(TestLake.ORDERS, List.of(first));

        assertThat(test.totalRecords()).isEqualTo(2_000_000 + 1);
    }

    @Test
    void doesNotTakeTheEpochsOfAnotherPipelineForItsOwn() {
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 5, 1)));
        StagedEpoch others = TestLake.stage(lake, 1, 1, 2);

        new EpochCommit(
                        test.tables(),
                        new TableMarks(TestLake.ORDERS, "other", new LedgerId("other-ledger", "")),
                        new HeldFiles(test.tables(), TestLake.NAMES.ledger()),
                        new RememberedTables(test.tables(), TestLake.NAMES.ledger()),
                        new Retries(1, Duration.ZERO))
                .commit(
                        List.of(others),
                        (found, some) -> OptionalLong.empty(),
                        new DecisionLog(test.tables(), TestLake.NAMES, Retries.DEFAULT));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.table(TestLake.ORDERS).properties()).containsKeys(MARK, "firn.other.main");
    }

    @Test
    void refusesATableThatWasDroppedAndMadeAnew() {
        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1);
        String then = staged.files().get(0).incarnation();
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        String now = lake.table(TestLake.ORDERS).orElseThrow().incarnation();

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(TableRecreated.class)
                .hasMessage("table `sales.orders` was dropped and made anew: 1 row of epoch 1 was written for `" + then
                        + "`, and the table of that name is `" + now
                        + "` now; bring back the table that was dropped, or, if those rows are to stay away, set the"
                        + " property `firn.shop.abandoned-through` of the new one to `1`");
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();
    }

    @Test
    void leavesOutWhatTheOwnerOfATableMadeAnewHasAbandoned() {
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1, 2);
        StagedEpoch second = TestLake.stage(lake, 1, 2, 3);
        List<StagedFiles> before = TestLake.stage(lake, 1, TestLake.ORDERS, ListedRows.ofNumbers(4));
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        List<StagedFiles> both = new ArrayList<>(before);
        both.addAll(TestLake.stage(lake, 1, TestLake.ORDERS, ListedRows.ofNumbers(5)));
        StagedEpoch third = new StagedEpoch(1, 3, both);
        StagedEpoch fourth = TestLake.stage(lake, 1, 4, 6);
        List<StagedEpoch> all = List.of(first, second, third, fourth);

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, all))
                .hasMessageContaining("4 rows of the epochs 1 to 3 were written for")
                .hasMessageEndingWith("set the property `firn.shop.abandoned-through` of the new one to `3`");
        abandonThrough("2");
        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, all))
                .as("what came later is not meant")
                .hasMessageContaining("1 row of epoch 3 was written for");
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();

        abandonThrough("3");
        lake.commit(TestLake.ORDERS, all);
        lake.commit(TestLake.ORDERS, all);
        assertThat(test.numbers()).containsExactly(5L, 6L);
    }

    @Test
    void refusesAnAbandonedEpochThatIsNoNumber() {
        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1);
        abandonThrough("all");

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(CommitRefused.class)
                .hasMessage("table `sales.orders` has the property `firn.shop.abandoned-through` with the value `all`,"
                        + " which is not the number of an epoch");
    }

    private void abandonThrough(String epoch) {
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("firn.shop.abandoned-through", epoch)
                .commit();
    }

    @Test
    void fillsATableThatWasMadeAnewFromAnEpochOnWhereThatIsWanted() {
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1);
        lake.commit(TestLake.ORDERS, List.of(first));
        test.drop(TestLake.ORDERS);
        assertThat(lake.lastEpoch(TestLake.ORDERS)).isEmpty();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        assertThat(lake.lastEpoch(TestLake.ORDERS)).hasValue(0);

        lake.startBehind(TestLake.ORDERS, 2);

        assertThat(lake.lastEpoch(TestLake.ORDERS)).hasValue(2);
        lake.commit(TestLake.ORDERS, List.of(first, TestLake.stage(test.open(), 1, 3, 3)));
        assertThat(test.numbers()).containsExactly(3L);
        assertThat(lake.lastEpoch(TestLake.ORDERS)).hasValue(3);
    }

    @Test
    void saysThatATableIsGoneAndLetsTheCallerTryAgain() {
        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1);
        test.drop(TestLake.ORDERS);

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(OutsideException.class)
                .hasMessage("table `sales.orders` is not in the `hadoop` catalog (warehouse `"
                        + folder.resolve("HADOOP/warehouse")
                        + "`) any more: bring back what was dropped or renamed, and what is staged for it goes in");
    }

    @Test
    void refusesATableThatKnowsTheEpochsOfALostLedger() {
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 57, 1)));
        test.drop(TestLake.NAMES.ledger());
        Lake later = test.open();
        StagedEpoch first = TestLake.stage(later, 1, 1, 2);

        assertThatThrownBy(() -> later.commit(TestLake.ORDERS, List.of(first)))
                .isInstanceOf(LedgerReplaced.class)
                .hasMessageContaining("has rows of this pipeline up to epoch 57 of the ledger");
        assertThat(test.numbers()).containsExactly(1L);

        test.table(TestLake.ORDERS).updateProperties().remove(MARK).commit();
        later.commit(TestLake.ORDERS, List.of(first));
        assertThat(test.numbers()).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "epoch=1", "epoch=x;run=1;snapshot=1;sequence=1"})
    void refusesAMarkThatItDidNotWrite(String mark) {
        test.table(TestLake.ORDERS).updateProperties().set(MARK, mark).commit();

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1))))
                .isInstanceOf(CommitRefused.class)
                .hasMessage("table `sales.orders` has the property `" + MARK + "` with the value `" + mark
                        + "`, which Firn did not write: remove it");
    }

    @Test
    void throwsNothingAfterWhichIcebergDeletesFiles() {
        EpochMark mark = new EpochMark(1, 1, 1, 1, new LedgerId("ledger", ""));

        assertThat(List.of(
                        new EpochAlreadyCommitted("sales.orders", 1),
                        new CommitUnconfirmed(new CommitFailedException("409")),
                        new TableRolledBack(TestLake.ORDERS, MARK, mark),
                        LedgerReplaced.seenBy(TestLake.ORDERS, MARK, mark, new LedgerId("another", "")),
                        new EpochOutOfOrder("epoch 3 does not follow epoch 1"),
                        new Ledger.RunSuperseded(1, 2)))
                .noneMatch(CleanableFailure.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void losesAndDoublesNothingWhenTwoJobsCommitTheSameEpochsAtOnce(CatalogKind kind) {
        open(kind);
        Lake other = test.open();
        List<StagedEpoch> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= 12; epoch++) {
            epochs.add(TestLake.stage(lake, 1, epoch, epoch));
        }

        CompletableFuture<Void> oneByOne =
                CompletableFuture.runAsync(() -> epochs.forEach(epoch -> persistently(lake, List.of(epoch))));
        CompletableFuture<Void> twoByTwo = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < epochs.size(); i += 2) {
                persistently(other, epochs.subList(i, i + 2));
            }
        });
        CompletableFuture.allOf(oneByOne, twoByTwo).join();

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    /** As a lane does: what failed for reasons of the outside is tried again. */
    private static void persistently(Lake lake, List<StagedEpoch> epochs) {
        for (int attempt = 0; ; attempt++) {
            try {
                lake.commit(TestLake.ORDERS, epochs);
                return;
            } catch (OutsideException e) {
                if (attempt == 50) {
                    throw e;
                }
            }
        }
    }

    private void rollBackTo(long snapshot) {
        ManageSnapshots manage = test.table(TestLake.ORDERS).manageSnapshots();
        manage.setCurrentSnapshot(snapshot).commit();
    }
}

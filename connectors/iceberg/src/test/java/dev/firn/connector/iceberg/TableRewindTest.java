package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRewind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A table goes back to an epoch, and what is late for it stays away. */
class TableRewindTest {

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;

    static Stream<RuntimeException> answers() {
        return Stream.of(
                new CommitFailedException("409"),
                new CommitStateUnknownException(new IllegalStateException("504")),
                new ServiceUnavailableException("503"));
    }

    @BeforeEach
    void open() {
        open(CatalogKind.JDBC);
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

    /** Epoch n has the row n. */
    private List<StagedEpoch> commit(long from, long through) {
        List<StagedEpoch> epochs = new ArrayList<>();
        for (long epoch = from; epoch <= through; epoch++) {
            StagedEpoch staged = TestLake.stage(lake, 1, epoch, epoch);
            lake.commit(TestLake.ORDERS, List.of(staged));
            epochs.add(staged);
        }
        return epochs;
    }

    private TableRewind plan(long to) {
        return lake.rewind(TestLake.ORDERS, to).orElseThrow();
    }

    private static StagedEpoch staged(TableRewind plan, long at) {
        return new StagedEpoch(2, at, List.of(plan.staged()));
    }

    @Test
    void doesNotLoseWhatWasPutBackFromQuarantine() {
        commit(1, 3);
        Lake replay = test.open(TestLake.NAMES.replay());
        replay.commit(TestLake.ORDERS, List.of(TestLake.stage(replay, 1, 1, 100)));
        long putBack = head().snapshotId();
        commit(4, 5);

        TableRewind plan = plan(2);

        assertThat(plan.obstacle())
                .contains("`sales.orders` has rows that were put back from quarantine since (snapshot `" + putBack
                        + "`), which would go and not come again");
        assertThat(plan.nearest()).isEqualTo(3);
        assertThat(plan(3).obstacle()).isEmpty();
    }

    private Snapshot head() {
        return test.table(TestLake.ORDERS).currentSnapshot();
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void goesBackToTheSnapshotOfThen(CatalogKind kind) {
        open(kind);
        commit(1, 2);
        long then = head().snapshotId();
        List<StagedEpoch> late = commit(3, 4);

        TableRewind plan = plan(2);
        assertThat(plan.snapshot()).hasValue(then);
        assertThat(plan.snapshots()).isEqualTo(2);
        assertThat(plan.rows()).isEqualTo(2);
        assertThat(plan.others()).isEmpty();
        assertThat(plan.obstacle()).isEmpty();
        assertThat(test.numbers()).as("a plan changes nothing").hasSize(4);

        lake.commit(TestLake.ORDERS, List.of(staged(plan, 5)));
        lake.commit(TestLake.ORDERS, List.of(staged(plan, 5)));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(head().parentId()).isEqualTo(then);
        assertThat(head().summary())
                .containsEntry("firn.epoch", "5")
                .containsEntry("firn.rewound-to", "2")
                .containsEntry("firn.records", "0");
        assertThat(lake.lastEpoch(TestLake.ORDERS)).hasValue(5);

        // What a run of before still has under way.
        lake.commit(TestLake.ORDERS, late);
        assertThat(test.numbers()).containsExactly(1L, 2L);
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 2, 6, 60)));
        assertThat(test.numbers()).containsExactly(1L, 2L, 60L);
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void isEmptiedWhereItHadNothing(CatalogKind kind) {
        open(kind);
        List<StagedEpoch> late = commit(1, 2);

        TableRewind plan = plan(0);
        assertThat(plan.snapshot()).isEmpty();
        lake.commit(TestLake.ORDERS, List.of(staged(plan, 3)));

        assertThat(test.numbers()).isEmpty();
        lake.commit(TestLake.ORDERS, late);
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 2, 4, 40)));
        assertThat(test.numbers()).containsExactly(40L);
    }

    @Test
    void getsNothingThatIsUnderWayWhereItHadNothingYet() {
        commit(1, 2);
        StagedEpoch late = TestLake.stage(lake, 1, 3, 3);

        TableRewind plan = plan(2);
        assertThat(plan.snapshots()).isZero();
        lake.commit(TestLake.ORDERS, List.of(staged(plan, 4)));
        lake.commit(TestLake.ORDERS, List.of(late));

        assertThat(test.numbers()).containsExactly(1L, 2L);
    }

    @Test
    void getsNothingThatIsUnderWayWhereItWasThereBeforeThePipeline() {
        test.table(TestLake.ORDERS).updateProperties().remove("firn.shop.main").commit();
        StagedEpoch late = TestLake.stage(lake, 1, 3, 3);
        assertThat(lake.lastEpoch(TestLake.ORDERS)).isEmpty();

        lake.commit(TestLake.ORDERS, List.of(staged(plan(2), 4)));
        lake.commit(TestLake.ORDERS, List.of(late));

        assertThat(test.numbers()).isEmpty();
    }

    @Test
    void goesBackAlsoWhatHasLandedSinceItWasDecided() {
        commit(1, 2);
        TableRewind plan = plan(2);
        commit(3, 3);

        lake.commit(TestLake.ORDERS, List.of(staged(plan, 4)));

        assertThat(test.numbers()).containsExactly(1L, 2L);
    }

    @Test
    void isOneOfManyInACatchUp() {
        List<StagedEpoch> there = commit(1, 2);
        StagedEpoch late = TestLake.stage(lake, 1, 4, 4);
        commit(3, 3);
        TableRewind plan = plan(2);
        StagedEpoch sixth = TestLake.stage(lake, 2, 6, 60);
        StagedEpoch seventh = TestLake.stage(lake, 2, 7, 70);

        lake.commit(TestLake.ORDERS, List.of(there.get(1), sixth, staged(plan, 5), seventh));
        lake.commit(TestLake.ORDERS, List.of(late));

        assertThat(test.numbers()).containsExactly(1L, 2L, 60L, 70L);
        assertThat(head().summary()).containsEntry("firn.epoch-first", "6").containsEntry("firn.epoch", "7");
    }

    @Test
    void canNotPartWhatWasCommittedTogether() {
        commit(1, 1);
        lake.commit(
                TestLake.ORDERS,
                Stream.of(2L, 3L, 4L)
                        .map(epoch -> TestLake.stage(lake, 1, epoch, epoch))
                        .toList());
        commit(5, 5);

        assertThat(plan(3).obstacle())
                .contains("`sales.orders` has the epochs 2 to 4 in one commit, so it can't be parted behind epoch 3");
        assertThat(plan(3).nearest()).isEqualTo(4);
        assertThat(plan(1).obstacle()).isEmpty();
        assertThat(plan(1).nearest()).isEqualTo(1);
    }

    @Test
    void canNotGoBackBehindWhatHasExpired() {
        commit(1, 2);
        keepOneSnapshot();
        commit(3, 3);

        assertThat(plan(1).obstacle()).contains("the snapshots of `sales.orders` from before epoch 2 have expired");
        assertThat(plan(1).nearest()).isEqualTo(2);
        assertThat(plan(2).obstacle()).isEmpty();
    }

    private void keepOneSnapshot() {
        test.table(TestLake.ORDERS)
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();
    }

    @Test
    void canNotGoBackToACompactionThatHasWhatMustGo() {
        commit(1, 4);
        test.table(TestLake.ORDERS).rewriteManifests().clusterBy(file -> "one").commit();
        long compacted = head().snapshotId();
        keepOneSnapshot();
        String obstacle = "the snapshots of `sales.orders` from before epoch 5 have expired";

        assertThat(plan(2).obstacle()).contains(obstacle);
        assertThat(plan(2).nearest()).isEqualTo(4);
        commit(5, 6);
        assertThat(plan(2).obstacle()).contains(obstacle);
        assertThat(plan(2).nearest()).isEqualTo(4);
        assertThat(plan(4).obstacle()).isEmpty();
        assertThat(plan(4).snapshot()).hasValue(compacted);
        lake.commit(TestLake.ORDERS, List.of(staged(plan(4), 7)));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void goesBackAlsoWhereWhatLiesBetweenHasExpired() {
        commit(1, 3);
        TableRewind plan = plan(1);
        lake.keep(plan, 4);
        test.table(TestLake.ORDERS).rewriteManifests().clusterBy(file -> "one").commit();
        keepOneSnapshot();

        lake.commit(TestLake.ORDERS, List.of(staged(plan, 4)));

        assertThat(test.numbers()).containsExactly(1L);
        assertThat(test.table(TestLake.ORDERS).refs()).containsOnlyKeys("main");
    }

    @Test
    void leavesNoTagOfARewindThatAnotherHasOvertaken() {
        commit(1, 3);
        lake.keep(plan(2), 4);
        TableRewind plan = plan(1);
        lake.keep(plan, 5);
        test.table(TestLake.ORDERS)
                .manageSnapshots()
                .createTag("firn-shop-rewind-notes", head().snapshotId())
                .commit();

        lake.commit(TestLake.ORDERS, List.of(staged(plan, 5)));

        assertThat(test.table(TestLake.ORDERS).refs()).containsOnlyKeys("main", "firn-shop-rewind-notes");
    }

    @Test
    void keepsWhatIsTaggedFromExpiring() {
        commit(1, 3);
        TableRewind plan = plan(2);
        lake.keep(plan, 4);
        lake.keep(plan, 4);
        assertThat(test.table(TestLake.ORDERS).refs()).containsKey("firn-shop-rewind-4");
        keepOneSnapshot();

        lake.commit(TestLake.ORDERS, List.of(staged(plan, 4)));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.table(TestLake.ORDERS).refs()).containsOnlyKeys("main");
    }

    @Test
    void namesWhatOthersHaveDoneSinceAndLeavesWhatTheyDidBefore() {
        commit(1, 1);
        test.commitForeignFile();
        long foreign = head().snapshotId();
        commit(2, 2);
        assertThat(plan(1).others()).isEmpty();
        assertThat(plan(1).snapshot()).hasValue(foreign);

        test.commitForeignFile();
        long after = head().snapshotId();
        assertThat(plan(1).others()).extracting(ForeignSnapshot::id).containsExactly(after);
        lake.commit(TestLake.ORDERS, List.of(staged(plan(1), 3)));

        assertThat(test.ancestry(TestLake.ORDERS))
                .extracting(Snapshot::snapshotId)
                .contains(foreign)
                .doesNotContain(after);
    }

    @Test
    void doesNotTakeBackWhatNobodyHasAgreedTo() {
        commit(1, 2);
        TableRewind plan = plan(1);
        long head = head().snapshotId();
        test.commitForeignFile();
        long foreign = head().snapshotId();

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged(plan, 3))))
                .isInstanceOf(CommitRefused.class)
                .hasMessage("table `sales.orders` was to go back to epoch 1, but others have changed it since that was"
                        + " decided: snapshot `" + foreign + "` (append). What they did would be gone; if it may be,"
                        + " set the table to snapshot `" + head + "` yourself, or rewind to epoch 1 once more with"
                        + " `--allow foreign-snapshots`");
        test.table(TestLake.ORDERS).manageSnapshots().setCurrentSnapshot(head).commit();

        lake.commit(TestLake.ORDERS, List.of(staged(plan, 3)));
        assertThat(test.numbers()).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void doesNotTakeBackWhatOthersDoMeanwhile(int looks) {
        commit(1, 2);
        TableRewind plan = plan(1);
        FaultyCommits between = new FaultyCommits();
        for (int look = 0; look < looks; look++) {
            between.beforeRefresh(() -> {});
        }
        Lake slow = test.open(between.beforeRefresh(test::commitForeignFile));

        assertThatThrownBy(() -> slow.commit(TestLake.ORDERS, List.of(staged(plan, 3))))
                .isInstanceOf(CommitRefused.class)
                .hasMessageStartingWith("table `sales.orders` was to go back to epoch 1, but others have changed it"
                        + " since that was decided: snapshot `" + head().snapshotId() + "` (append). ");
        assertThat(head().summary()).containsEntry("who", "somebody else");
    }

    @Test
    void canBeDecidedOnceMoreWhereTheTableHadNoSnapshot() {
        TableRewind plan = plan(0);
        lake.keep(plan, 2);
        test.commitForeignFile();
        long foreign = head().snapshotId();

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged(plan, 2))))
                .isInstanceOf(CommitRefused.class)
                .hasMessage("table `sales.orders` was to go back to epoch 0, but others have changed it since that was"
                        + " decided: snapshot `" + foreign + "` (append). What they did would be gone; if it may be,"
                        + " rewind to epoch 0 once more with `--allow foreign-snapshots`");
        lake.commit(TestLake.ORDERS, List.of(staged(plan(0), 3)));

        assertThat(lake.lastEpoch(TestLake.ORDERS)).hasValue(3);
        assertThat(head().parentId()).isEqualTo(foreign);
    }

    @Test
    void isNotForATableThatSomebodyElseHasSetBack() {
        commit(1, 1);
        long first = head().snapshotId();
        commit(2, 3);
        TableRewind plan = plan(2);
        long head = head().snapshotId();
        Table table = test.table(TestLake.ORDERS);
        table.manageSnapshots().setCurrentSnapshot(first).commit();
        table.updateProperties().remove("firn.shop.main").commit();

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged(plan, 4))))
                .isInstanceOf(CommitRefused.class)
                .hasMessage(
                        "table `sales.orders` was to go back to epoch 2, but somebody has set it to another snapshot"
                                + " meanwhile; set it to snapshot `" + head + "` again");
    }

    @Test
    void isNotPlannedForATableThatWasRolledBack() {
        commit(1, 2);
        long second = head().snapshotId();
        commit(3, 3);
        test.table(TestLake.ORDERS).manageSnapshots().setCurrentSnapshot(second).commit();

        assertThatThrownBy(() -> plan(1))
                .isInstanceOf(TableRolledBack.class)
                .hasMessageStartingWith("table `sales.orders` was rolled back: epoch 3 was committed as snapshot `");
    }

    @Test
    void hasNothingToTakeBackWhereItWasMadeAnew() {
        commit(1, 2);
        TableRewind plan = plan(1);
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));

        lake.commit(TestLake.ORDERS, List.of(staged(plan, 3)));

        assertThat(test.numbers()).isEmpty();
        assertThat(lake.lastEpoch(TestLake.ORDERS)).hasValue(0);
        assertThat(plan(1).snapshots()).isZero();
        test.drop(TestLake.ORDERS);
        assertThat(lake.rewind(TestLake.ORDERS, 1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void goesBackOnceWhateverIsAnswered(RuntimeException answer) {
        commit(1, 3);
        TableRewind plan = plan(2);
        Lake faulty = test.open(new FaultyCommits(FaultyCommits.neverSent(answer), FaultyCommits.landedThen(answer)));

        faulty.commit(TestLake.ORDERS, List.of(staged(plan, 4), TestLake.stage(lake, 2, 5, 50)));

        assertThat(test.numbers()).containsExactly(1L, 2L, 50L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(4);
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @Test
    void keepsAwayACommitThatARestCatalogGetsLate() {
        commit(1, 2);
        Lake calm = test.openLikeRest(new FaultyCommits());
        TableRewind plan = plan(2);
        StagedEpoch late = TestLake.stage(lake, 1, 3, 3);
        Lake old = test.openLikeRest(new FaultyCommits(send -> {
            calm.commit(TestLake.ORDERS, List.of(staged(plan, 4)));
            send.run();
        }));

        old.commit(TestLake.ORDERS, List.of(late));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(calm.lastEpoch(TestLake.ORDERS)).hasValue(4);
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.FaultyCommits.Fault;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the catalog answers: rows are in the table once, and nobody else's commit is gone. */
class CommitFaultsTest {

    private static final int FOREIGN = 1_000_000;

    @TempDir
    Path folder;

    private TestLake test;

    /** All that a catalog, or a proxy in front of it, was seen to answer; some of it lets Iceberg delete files. */
    static Stream<Arguments> answers() {
        List<RuntimeException> answers = List.of(
                new CommitFailedException("409: the table has changed"),
                new CommitStateUnknownException(new IllegalStateException("504")),
                new RESTException("the socket timed out"),
                new ServiceUnavailableException("503"),
                new ForbiddenException("403"),
                new ValidationException("the added files are there already"),
                new IllegalStateException("anything"));
        return Stream.concat(
                answers.stream().map(answer -> Arguments.of(CatalogKind.HADOOP, answer)),
                answers.stream().limit(2).map(answer -> Arguments.of(CatalogKind.JDBC, answer)));
    }

    @BeforeEach
    void open() {
        create(CatalogKind.HADOOP);
    }

    @AfterEach
    void close() {
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
        test.close();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedWithAnotherAnswer(CatalogKind kind, RuntimeException answer) {
        create(kind);

        commit(FaultyCommits.landedThen(answer));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedWithAnotherAnswerAndSomebodyElseOnTop(CatalogKind kind, RuntimeException answer) {
        create(kind);

        commit(send -> {
            send.run();
            test.commitForeignFile();
            throw answer;
        });

        assertThat(test.totalRecords()).isEqualTo(FOREIGN + 2);
        assertThat(test.ancestry(TestLake.ORDERS))
                .extracting(snapshot -> snapshot.summary().get("who"))
                .containsExactly("somebody else", null);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedWithAnotherAnswerInTheOnlyAttempt(CatalogKind kind, RuntimeException answer) {
        create(kind);
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("commit.retry.num-retries", "0")
                .commit();
        Lake lake = test.open(new FaultyCommits(FaultyCommits.landedThen(answer)), new Retries(1, Duration.ZERO));

        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1, 2)));

        assertThat(test.numbers()).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedWithAnotherAnswerWhileTheTableCannotBeLookedAt(CatalogKind kind, RuntimeException answer) {
        create(kind);
        FaultyCommits faults = new FaultyCommits(FaultyCommits.landedThen(answer)).blindFor(1);
        Lake lake = test.open(faults);

        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1, 2)));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void neverArrived(CatalogKind kind, RuntimeException answer) {
        create(kind);

        commit(FaultyCommits.neverSent(answer), FaultyCommits.neverSent(answer));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landsOnlyWhenItIsSentAgain(CatalogKind kind, RuntimeException answer) {
        create(kind);
        List<Runnable> underWay = new ArrayList<>();

        commit(
                send -> {
                    underWay.add(send);
                    throw answer;
                },
                send -> {
                    underWay.remove(0).run();
                    send.run();
                });

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void arrivesWhenItsRepetitionHasLanded(CatalogKind kind, RuntimeException answer) {
        create(kind);
        List<Runnable> underWay = new ArrayList<>();

        commit(
                send -> {
                    underWay.add(send);
                    throw answer;
                },
                send -> {
                    send.run();
                    assertThatThrownBy(() -> underWay.remove(0).run()).isInstanceOf(CommitFailedException.class);
                    throw answer;
                });

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landsAfterTheCallerWasToldThatNobodyKnows(CatalogKind kind, RuntimeException answer) {
        create(kind);
        List<Runnable> underWay = new ArrayList<>();
        Fault keep = send -> {
            underWay.add(send);
            throw answer;
        };
        FaultyCommits faults = new FaultyCommits(keep, keep, keep, keep, keep, keep);
        Lake lake = test.open(faults);
        StagedEpoch epoch = TestLake.stage(lake, 1, 1, 1, 2);

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(epoch)))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining(" failed to commit to table `sales.orders`: ");
        assertThat(faults.left()).isZero();
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();
        underWay.get(3).run();
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
        lake.commit(TestLake.ORDERS, List.of(epoch, TestLake.stage(lake, 1, 2, 3)));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void landsBetweenTheLookAndTheRepetition(CatalogKind kind) {
        create(kind);
        Lake other = test.open();
        StagedEpoch epoch = TestLake.stage(other, 1, 1, 1, 2);
        Lake lake = test.open(new FaultyCommits().beforeRefresh(() -> other.commit(TestLake.ORDERS, List.of(epoch))));

        lake.commit(TestLake.ORDERS, List.of(epoch));

        assertThat(test.numbers()).containsExactly(1L, 2L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void comesLateBecauseOfSomebodyElse(CatalogKind kind) {
        create(kind);
        Fault foreignFirst = send -> {
            test.commitForeignFile();
            send.run();
        };

        commit(foreignFirst, foreignFirst, foreignFirst);

        assertThat(test.totalRecords()).isEqualTo(3 * FOREIGN + 2);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void landedPartOfItWhileItWasUnderWay(CatalogKind kind) {
        create(kind);
        Lake other = test.open();
        List<StagedEpoch> epochs =
                List.of(TestLake.stage(other, 1, 1, 1), TestLake.stage(other, 1, 2, 2), TestLake.stage(other, 1, 3, 3));
        Lake lake = test.open(new FaultyCommits(send -> {
            other.commit(TestLake.ORDERS, epochs.subList(0, 2));
            send.run();
        }));

        lake.commit(TestLake.ORDERS, epochs);

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedWithStagedManifestsMergedIntoOthers(CatalogKind kind, RuntimeException answer) {
        create(kind);
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("commit.manifest.min-count-to-merge", "2")
                .commit();
        Lake calm = test.open();
        calm.commit(TestLake.ORDERS, List.of(TestLake.stage(calm, 1, 1, 1)));
        Lake lake = test.open(new FaultyCommits(
                FaultyCommits.neverSent(answer), FaultyCommits.landedThen(answer), FaultyCommits.landedThen(answer)));
        StagedEpoch second = TestLake.stage(lake, 1, 2, 2);
        StagedEpoch third = TestLake.stage(lake, 1, 3, 3);

        lake.commit(TestLake.ORDERS, List.of(second));
        lake.commit(TestLake.ORDERS, List.of(second, third));
        lake.commit(TestLake.ORDERS, List.of(second, third));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(3);
    }

    private void create(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
        test.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    private void commit(Fault... faults) {
        FaultyCommits script = new FaultyCommits(faults);
        Lake lake = test.open(script);
        StagedEpoch epoch = TestLake.stage(lake, 1, 1, 1, 2);
        lake.commit(TestLake.ORDERS, List.of(epoch));
        assertThat(script.left()).isZero();
        // A restart that knows nothing of the first answer commits once more.
        test.open().commit(TestLake.ORDERS, List.of(epoch));
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Ledger.RunSuperseded;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.ManageSnapshots;
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

class IcebergLedgerTest {

    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");
    private static final Split ORDERS_1 = new Split("kafka", "orders", 1, "topic-1");

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

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void startsEmpty(CatalogKind kind) {
        open(kind);

        assertThat(test.ledger().read()).isEqualTo(new LedgerState(0, 0, Map.of(), List.of()));
        assertThat(test.ledger().since(0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void readsBackWhatWasAppended(CatalogKind kind) {
        open(kind);
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        Epoch first = epoch(1, run, ORDERS_0, 0, 10);
        Epoch second = epoch(2, run, ORDERS_1, 100, 130);

        ledger.append(first, 0);
        ledger.append(second, 1);

        LedgerState state = test.ledger().read();
        assertThat(state.lastEpoch()).isEqualTo(2);
        assertThat(state.lastRun()).isEqualTo(run);
        // The split that did not move in the last epoch keeps its place.
        assertThat(state.positions()).containsExactly(Map.entry(ORDERS_0, 10L), Map.entry(ORDERS_1, 130L));
        assertThat(state.open()).usingRecursiveComparison().isEqualTo(List.of(second));
        assertThat(test.ledger().since(0)).usingRecursiveComparison().isEqualTo(List.of(first, second));
        assertThat(test.ledger().since(1)).usingRecursiveComparison().isEqualTo(List.of(second));
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void findsWhatWasStagedForOneTable(CatalogKind kind) {
        open(kind);
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        TableName refunds = new TableName("sales.refunds");
        ledger.append(staging(1, run, TestLake.ORDERS), 0);
        ledger.append(staging(2, run, refunds, TestLake.ORDERS, TestLake.ORDERS), 0);
        ledger.append(staging(3, run, refunds), 0);
        ledger.append(staging(4, run, TestLake.ORDERS), 0);

        assertThat(ledger.staged(TestLake.ORDERS, 0, 4))
                .extracting(StagedEpoch::epoch)
                .containsExactly(1L, 2L, 4L);
        StagedEpoch second = ledger.staged(TestLake.ORDERS, 1, 3).get(0);
        assertThat(second.run()).isEqualTo(run);
        assertThat(second.files()).hasSize(2).allSatisfy(files -> {
            assertThat(files.table()).isEqualTo(TestLake.ORDERS);
            assertThat(files.pointer()).containsExactly(2);
        });
        assertThat(ledger.staged(TestLake.ORDERS, 2, 3)).isEmpty();
        assertThatThrownBy(() -> ledger.staged(TestLake.ORDERS, 2, 7))
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "the ledger `" + test.table(TestLake.NAMES.ledger()).name()
                                + "` has only 2 of the 5 rows behind epoch 2 up to 7: it was rolled back, or rows were deleted");
    }

    private static Epoch staging(long number, long run, TableName... tables) {
        List<StagedFiles> staged = Stream.of(tables)
                .map(table -> new StagedFiles(table, "uuid", new byte[] {(byte) number}, 1, 10, 100))
                .toList();
        return new Epoch(number, run, "plan", number, List.of(), List.of(), staged);
    }

    @Test
    void knowsWhenOpenEpochsWereWritten() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        Instant before = Instant.now().minusSeconds(1);
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        ledger.append(epoch(2, run, ORDERS_0, 10, 20), 1);

        Map<Long, Instant> writtenAt = test.ledger().read().writtenAt();
        assertThat(writtenAt).containsOnlyKeys(2L);
        assertThat(writtenAt.get(2L)).isBetween(before, Instant.now());
    }

    @Test
    void goesOnFromWhereAnotherInstanceStopped() {
        Ledger first = test.ledger();
        long run = first.claimRun();
        first.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        Ledger second = test.ledger();
        long nextRun = second.claimRun();

        second.append(epoch(2, nextRun, ORDERS_1, 0, 5), 0);

        LedgerState state = test.ledger().read();
        assertThat(nextRun).isEqualTo(run + 1);
        assertThat(state.positions()).containsExactly(Map.entry(ORDERS_0, 10L), Map.entry(ORDERS_1, 5L));
        assertThat(state.open()).extracting(Epoch::number).containsExactly(1L, 2L);
    }

    @Test
    void tellsIncarnationsOfOneSplitApart() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        Split again = new Split("kafka", "orders", 0, "topic-2");
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        ledger.append(epoch(2, run, again, 0, 3), 2);

        assertThat(test.ledger().read().positions()).containsExactly(Map.entry(ORDERS_0, 10L), Map.entry(again, 3L));
        assertThat(test.ledger().read().open()).isEmpty();
    }

    @Test
    void appendsAnEpochWithoutRecords() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        Epoch empty = new Epoch(1, run, "plan", 1, List.of(), List.of(), List.of());

        ledger.append(empty, 0);

        assertThat(test.ledger().read().open()).containsExactly(empty);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void stopsARunThatHasBeenSuperseded(CatalogKind kind) {
        open(kind);
        Ledger old = test.ledger();
        long oldRun = old.claimRun();
        old.append(epoch(1, oldRun, ORDERS_0, 0, 10), 0);
        long newRun = test.ledger().claimRun();

        assertThatThrownBy(() -> old.append(epoch(2, oldRun, ORDERS_0, 10, 20), 1))
                .isInstanceOf(RunSuperseded.class)
                .hasMessage("run " + oldRun + " stops: run " + newRun
                        + " of this pipeline has started since and writes its tables");
        assertThat(test.ledger().read().lastEpoch()).isEqualTo(1);
    }

    @Test
    void stopsARunThatIsSupersededWhileItsAppendIsUnderWay() {
        Ledger calm = test.ledger();
        long oldRun = calm.claimRun();
        Ledger old = test.open(new FaultyCommits(send -> {
                    calm.claimRun();
                    send.run();
                }))
                .ledger();

        assertThatThrownBy(() -> old.append(epoch(1, oldRun, ORDERS_0, 0, 10), 0))
                .isInstanceOf(RunSuperseded.class);
        assertThat(calm.read().lastEpoch()).isZero();
    }

    @Test
    void stopsARunThatIsSupersededBetweenTheLookAndTheCommit() {
        Ledger calm = test.ledger();
        long oldRun = calm.claimRun();
        Ledger old =
                test.open(new FaultyCommits().beforeRefresh(calm::claimRun)).ledger();

        assertThatThrownBy(() -> old.append(epoch(1, oldRun, ORDERS_0, 0, 10), 0))
                .isInstanceOf(RunSuperseded.class);
        assertThat(calm.read().lastEpoch()).isZero();
    }

    @Test
    void claimsTheNextRunWhenAnotherWasClaimedSinceTheLook() {
        Ledger calm = test.ledger();
        Ledger ledger =
                test.open(new FaultyCommits().beforeRefresh(calm::claimRun)).ledger();

        assertThat(ledger.claimRun()).isEqualTo(2);
        assertThat(calm.read().lastRun()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void claimsWhateverIsAnswered(RuntimeException answer) {
        Ledger ledger =
                test.open(new FaultyCommits(FaultyCommits.landedThen(answer))).ledger();

        assertThat(ledger.claimRun()).isEqualTo(1);
        assertThat(test.ledger().read().lastRun()).isEqualTo(1);
    }

    @Test
    void refusesAnEpochThatDoesNotFollow() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);

        assertThatThrownBy(() -> ledger.append(epoch(3, run, ORDERS_0, 20, 30), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("our bug: epoch 3 does not follow epoch 1, the last in the ledger `shop.firn_ledger`");
        assertThat(ledger.read().lastEpoch()).isEqualTo(1);
    }

    @Test
    void takesTheSameEpochTwiceForOne() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();

        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        test.ledger().append(epoch(1, run, ORDERS_0, 0, 10), 0);

        assertThat(test.rows(TestLake.NAMES.ledger())).hasSize(1);
    }

    @Test
    void refusesAnotherEpochOfTheSameNumberAndRun() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);

        assertThatThrownBy(() -> test.ledger().append(epoch(1, run, ORDERS_0, 0, 11), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("epoch 1 of run " + run + " is in the ledger `shop.firn_ledger` with other contents: a task"
                        + " of this run that was given up has written it");
    }

    @Test
    void refusesALedgerThatWasDroppedAndMadeAnew() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        test.drop(TestLake.NAMES.ledger());
        test.ledger();

        assertThatThrownBy(() -> ledger.append(epoch(2, run, ORDERS_0, 10, 20), 0))
                .isInstanceOf(LedgerReplaced.class)
                .hasMessage("run 1 stops: its ledger `shop.firn_ledger` was dropped and made anew, or rolled back, and"
                        + " knows runs up to 0 only");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void appendsOnceWhateverIsAnswered(RuntimeException answer) {
        Ledger calm = test.ledger();
        long run = calm.claimRun();
        List<Runnable> underWay = new ArrayList<>();
        Ledger ledger = test.open(new FaultyCommits(
                        FaultyCommits.landedThen(answer),
                        FaultyCommits.neverSent(answer),
                        FaultyCommits.landedThen(answer),
                        send -> {
                            underWay.add(send);
                            throw answer;
                        },
                        send -> {
                            underWay.remove(0).run();
                            send.run();
                        }))
                .ledger();

        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        ledger.append(epoch(2, run, ORDERS_0, 10, 20), 0);
        ledger.append(epoch(3, run, ORDERS_0, 20, 30), 0);

        assertThat(calm.read().open()).extracting(Epoch::number).containsExactly(1L, 2L, 3L);
        assertThat(test.rows(TestLake.NAMES.ledger())).hasSize(3);
        test.assertEverySnapshotIsReadable(TestLake.NAMES.ledger());
    }

    @Test
    void tellsWhenNobodyKnowsWhetherAnEpochIsInTheLedger() {
        long run = test.ledger().claimRun();
        FaultyCommits.Fault away = FaultyCommits.neverSent(new ServiceUnavailableException("503"));
        Ledger ledger =
                test.open(new FaultyCommits(away, away, away, away, away, away)).ledger();
        Epoch epoch = epoch(1, run, ORDERS_0, 0, 10);

        assertThatThrownBy(() -> ledger.append(epoch, 0))
                .isInstanceOf(OutsideException.class)
                .hasMessageEndingWith("failed to append epoch 1 to the ledger `shop.firn_ledger`: 503");

        ledger.append(epoch, 0);
        assertThat(test.rows(TestLake.NAMES.ledger())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void givesEachClaimANumberOfItsOwn(CatalogKind kind) throws Exception {
        open(kind);
        test.ledger();
        List<Long> runs = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Long> claim = () -> persistently(test.open().ledger()::claimRun);
            for (Future<Long> run :
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> claim).toList())) {
                runs.add(run.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(runs).doesNotHaveDuplicates().hasSize(8);
        assertThat(test.ledger().read().lastRun())
                .isEqualTo(runs.stream().mapToLong(run -> run).max().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void letsTwoWritersOfOneRunAppendAnEpochOnce(CatalogKind kind) throws Exception {
        open(kind);
        long run = test.ledger().claimRun();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Object> results = new ArrayList<>();
        try {
            List<Callable<Object>> writers = Stream.of(10L, 11L)
                    .<Callable<Object>>map(to -> () -> {
                        Ledger ledger = test.open().ledger();
                        try {
                            return persistently(() -> {
                                ledger.append(epoch(1, run, ORDERS_0, 0, to), 0);
                                return to;
                            });
                        } catch (IllegalStateException late) {
                            return "late";
                        }
                    })
                    .toList();
            for (Future<Object> result : threads.invokeAll(writers)) {
                results.add(result.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(results)
                .hasSize(2)
                .contains("late")
                .containsAll(test.ledger().read().positions().values());
        assertThat(test.rows(TestLake.NAMES.ledger())).hasSize(1);
    }

    @Test
    void readsAfterSomebodyElseHasLeftOneSnapshot() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        for (long number = 1; number <= 4; number++) {
            ledger.append(epoch(number, run, ORDERS_0, number * 10, number * 10 + 10), 1);
        }
        test.table(TestLake.NAMES.ledger())
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();

        LedgerState state = test.ledger().read();

        assertThat(test.ancestry(TestLake.NAMES.ledger())).hasSize(1);
        assertThat(state.open()).extracting(Epoch::number).containsExactly(2L, 3L, 4L);
        assertThat(state.positions()).containsExactly(Map.entry(ORDERS_0, 50L));
        ledger.append(epoch(5, run, ORDERS_0, 50, 60), 4);
        assertThat(test.ledger().read().lastEpoch()).isEqualTo(5);
    }

    @Test
    void knowsWhichTablesHadRowsAlsoAfterSomebodyElseHasLeftOneSnapshot() {
        Ledger ledger = test.ledger();
        assertThat(ledger.written()).isEmpty();
        long run = ledger.claimRun();
        for (long number = 1; number <= 3; number++) {
            ledger.append(epoch(number, run, ORDERS_0, number * 10, number * 10 + 10), 1);
        }
        test.table(TestLake.NAMES.ledger())
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();

        assertThat(test.ledger().written())
                .containsExactly(Map.entry(TestLake.ORDERS, new Ledger.Written(3, "uuid-1")));
    }

    @Test
    void saysThatTheLedgerWasRolledBack() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        ledger.append(epoch(2, run, ORDERS_0, 10, 20), 0);
        Table table = test.table(TestLake.NAMES.ledger());
        ManageSnapshots manage = table.manageSnapshots();
        manage.setCurrentSnapshot(test.ancestry(TestLake.NAMES.ledger()).get(1).snapshotId())
                .commit();

        assertThatThrownBy(() -> test.ledger().read())
                .isInstanceOf(OutsideException.class)
                .hasMessage("the ledger `" + table.name() + "` says that epoch 2 is its last, but has only the rows [1]"
                        + " behind epoch 0: it was rolled back, or rows were deleted");
    }

    private static Epoch epoch(long number, long run, Split split, long from, long to) {
        StagedFiles files =
                new StagedFiles(TestLake.ORDERS, "uuid-1", new byte[] {(byte) number, -1, 0}, 1, to - from, 4711);
        return new Epoch(
                number,
                run,
                "plan-hash",
                100 + number,
                List.of(new SplitProgress(split, from, to, to - from)),
                List.of(
                        new OutcomeCount(split, Outcome.ROUTED, "sales.orders", "", to - from - 1),
                        new OutcomeCount(split, Outcome.NON_DATA, "", "tombstone", 1)),
                List.of(files));
    }

    /** As the committer does: what failed for reasons of the outside is tried again. */
    private static <T> T persistently(Callable<T> action) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return action.call();
            } catch (OutsideException e) {
                if (attempt == 50) {
                    throw e;
                }
            }
        }
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.OlderRecordsWait;
import dev.firn.spi.sink.StagedEpoch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a split come to a table behind older records that have waited for it, whoever takes them there. */
class PauseOrderTest {

    private static final Split A = ListedRows.SPLIT;
    private static final Split B = new Split("kafka", "orders", 1, "incarnation-1");
    private static final TableName ORDERS = TestLake.ORDERS;

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private long run;
    private long epoch;
    private final List<StagedEpoch> staged = new ArrayList<>();

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.JDBC, folder);
        lake = test.open();
        lake.create(TestLake.spec(ORDERS, TestLake.ONE_NUMBER));
        run = lake.ledger().claimRun();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static OutcomeCount routed(Split split) {
        return new OutcomeCount(split, Outcome.ROUTED, ORDERS.full(), "", 1);
    }

    private static OutcomeCount waits(Split split) {
        return new OutcomeCount(split, Outcome.QUARANTINED, ORDERS.full(), "table-paused", 1);
    }

    /** An epoch in the ledger, with a row that is its number where some of it was routed. */
    private long written(OutcomeCount... outcomes) {
        epoch++;
        List<SplitProgress> progress = Stream.of(outcomes)
                .map(OutcomeCount::split)
                .distinct()
                .map(split -> new SplitProgress(
                        split,
                        lake.ledger().read().positions().getOrDefault(split, 0L),
                        lake.ledger().read().positions().getOrDefault(split, 0L)
                                + Stream.of(outcomes)
                                        .filter(count -> count.split().equals(split))
                                        .count(),
                        Stream.of(outcomes)
                                .filter(count -> count.split().equals(split))
                                .count()))
                .toList();
        boolean hasRows = Stream.of(outcomes).anyMatch(count -> count.outcome() == Outcome.ROUTED);
        StagedEpoch rows = hasRows ? TestLake.stage(lake, run, epoch, epoch) : new StagedEpoch(run, epoch, List.of());
        lake.ledger().append(new Epoch(epoch, run, "", epoch, progress, List.of(outcomes), rows.files()), 0);
        if (hasRows) {
            staged.add(rows);
        }
        return epoch;
    }

    private void commit() {
        lake.commit(ORDERS, List.copyOf(staged));
    }

    private void pause() {
        test.table(ORDERS)
                .updateProperties()
                .set("firn.shop.paused", "{\"version\":1}")
                .commit();
    }

    private void isHeldAt(long number) {
        assertThatThrownBy(this::commit)
                .isInstanceOfSatisfying(OlderRecordsWait.class, held -> assertThat(held.firstHeld())
                        .isEqualTo(number));
    }

    @Test
    void rowsBehindWhatWaitsComeOnceThatIsPutBack() {
        written(routed(A), waits(A));
        pause();
        lake.resume(ORDERS);
        long behind = written(routed(A));

        isHeldAt(behind);
        assertThat(test.numbers()).containsExactly(1L);
        lake.putBack(ORDERS, 1);
        commit();

        assertThat(test.numbers()).containsExactly(1L, 2L);
    }

    @Test
    void rowsOfOtherSplitsComeAtOnceAlsoWhileTheTableIsPaused() {
        written(routed(A), waits(A));
        written(routed(B), waits(A));
        pause();

        commit();

        assertThat(test.numbers()).containsExactly(1L, 2L);
    }

    @Test
    void whatIsBehindTheFirstThatIsHeldIsHeldToo() {
        written(waits(A));
        long held = written(routed(A));
        written(routed(B));
        pause();

        isHeldAt(held);
        assertThat(test.numbers()).isEmpty();
    }

    @Test
    void eachEpochWaitsForThoseBeforeItAlone() {
        pause();
        lake.resume(ORDERS);
        written(waits(A));
        written(routed(A), waits(A));
        long last = written(routed(A));

        lake.putBack(ORDERS, 1);
        isHeldAt(last);
        lake.putBack(ORDERS, 2);
        commit();

        assertThat(test.numbers()).containsExactly(2L, 3L);
    }

    @Test
    void aTableThatNobodyPausesAnyMoreRemembersWhatStillCameToWait() {
        pause();
        lake.resume(ORDERS);
        lake.resumed(ORDERS, 0);
        long late = written(waits(A));
        lake.keepOrder(ORDERS, late);
        assertThat(lake.isResuming(ORDERS)).isTrue();
        long behind = written(routed(A));

        isHeldAt(behind);
        lake.resumed(ORDERS, late);

        assertThat(lake.isResuming(ORDERS)).isFalse();
        assertThatCode(this::commit).doesNotThrowAnyException();
    }

    @Test
    void whoeverPutsBackLessThanTheTableKnowsOfDoesNotEndIt() {
        long late = written(waits(A));
        long later = written(waits(A));
        lake.keepOrder(ORDERS, late);
        lake.keepOrder(ORDERS, later);
        long behind = written(routed(A));

        lake.resumed(ORDERS, late);
        assertThat(lake.isResuming(ORDERS)).isTrue();
        isHeldAt(behind);

        lake.resumed(ORDERS, later);
        commit();
        assertThat(test.numbers()).containsExactly(behind);
    }

    @Test
    void whatIsPutBackAlreadyIsNotWaitedForAgain() {
        long late = written(waits(A));
        lake.putBack(ORDERS, late);

        lake.keepOrder(ORDERS, late);

        assertThat(lake.isResuming(ORDERS)).isFalse();
    }

    @Test
    void whoeverPutsRecordsBackIsNotHeldByThem() {
        pause();
        written(waits(A));
        Lake replay = lake.replay();
        long itsRun = replay.ledger().claimRun();
        replay.ledger().append(new Epoch(1, itsRun, "", 0, List.of(), List.of(routed(A)), List.of()), 0);

        replay.commit(ORDERS, List.of(TestLake.stage(replay, itsRun, 1, 7)));

        assertThat(test.numbers()).containsExactly(7L);
    }

    @Test
    void aPauseSaysBehindWhichEpochAllIsThatWaits() {
        PauseOrder order = PauseOrder.in(
                Map.of("firn.shop.paused", "{\"version\":1,\"after\":7}", "firn.shop.put-back", "3"), "shop");
        assertThat(order.after()).isEqualTo(7);
        assertThat(PauseOrder.in(Map.of("firn.shop.resuming", "5", "firn.shop.waiting", "3-9"), "shop")
                        .after())
                .isEqualTo(2);
        assertThat(PauseOrder.in(Map.of("firn.shop.put-back", "9", "firn.shop.waiting", "3-9"), "shop")
                        .isOpen())
                .isFalse();
    }

    @Test
    void theEndOfAPauseAndThatNewerRowsWaitAreOneCommit() {
        pause();
        lake.resume(ORDERS);

        assertThat(test.table(ORDERS).properties())
                .doesNotContainKey("firn.shop.paused")
                .containsEntry("firn.shop.resuming", "0");
        lake.resumed(ORDERS, 0);
        assertThat(test.table(ORDERS).properties()).doesNotContainKey("firn.shop.resuming");
    }
}

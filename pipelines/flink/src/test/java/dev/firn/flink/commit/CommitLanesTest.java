package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.epoch;
import static dev.firn.flink.testing.Records.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.ManualExecutor;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitLanesTest implements CommitLanes.Listener {

    private final FakeLake lake = FakeLake.create();
    private final Lake opened = lake.factory().open(SystemReferences.ofThisProcess());
    private final long run = lake.ledger().claimRun();
    private final ManualExecutor pool = new ManualExecutor();
    private final List<Long> written = new ArrayList<>();
    private Consumer<Long> whenWrittenAhead = epoch -> {};
    private final List<String> landed = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();

    private CommitLanes lanes = lanes();

    private CommitLanes lanes() {
        return new CommitLanes(
                work(), this, new LaneThreads(pool, pool, new ManualExecutor(), pool::nanos, pool::millis));
    }

    private CommitLanes.Work work() {
        CommitRules rules = new CommitRules(Map.of(), Duration.ofSeconds(1));
        return new CommitLanes.Work(opened, lake.ledger(), lake.ledger().read(), DetachedTables.NONE, rules);
    }

    private void submit(Epoch epoch) {
        lanes.submit(List.of(epoch));
    }

    @Override
    public synchronized void writtenAhead(long epoch) {
        written.add(epoch);
        whenWrittenAhead.accept(epoch);
    }

    @Override
    public synchronized void landed(TableName table, long epoch, long records) {
        landed.add(table + " " + epoch + " " + records);
    }

    @Override
    public synchronized void mustStop(String lane, Throwable reason) {
        stops.add(lane + ": " + reason.getMessage());
    }

    @Override
    public void detached(TableHealth health) {}

    @Override
    public void attached(TableHealth health) {}

    @Override
    public void opened(TableLane lane) {}

    @Override
    public void held(TableHealth health) {}

    @Override
    public void caughtUp(TableHealth health) {}

    @Override
    public void stagedIsOld(TableHealth health) {}

    @Override
    public void heldTooLong(TableHealth health, Throwable reason) {}

    private Epoch ordersAndRefunds(long number, long from, long to) {
        return new Epoch(
                number,
                run,
                "plan",
                number,
                List.of(progress(ORDERS_0, from, to)),
                List.of(),
                List.of(lake.stage(ORDERS, List.of("order " + from)), lake.stage(REFUNDS, List.of("refund " + from))));
    }

    @Test
    void writesAheadBeforeTablesAreTouched() {
        submit(epoch(lake, 1, run, 0, 2));
        pool.runOne();
        assertThat(lake.ledger().numbers()).containsExactly(1L);
        assertThat(written).containsExactly(1L);
        assertThat(lake.rows(ORDERS)).isEmpty();

        pool.runDue();
        assertThat(lake.rows(ORDERS)).containsExactly("kafka/orders-0@0", "kafka/orders-0@1");
        assertThat(landed).containsExactly("sales.orders 1 2");
    }

    @Test
    void letsTheLedgerTidyUpBehindEachEpoch() {
        lanes.submit(List.of(epoch(lake, 1, run, 0, 2), epoch(lake, 2, run, 2, 3)));
        pool.runOne();

        assertThat(lake.ledger().tidied()).containsExactly(1L, 2L);
        assertThat(written).containsExactly(1L, 2L);
    }

    @Test
    void mergesWhatWaitsForATable() {
        submit(epoch(lake, 1, run, 0, 2));
        submit(epoch(lake, 2, run, 2, 3));
        pool.runDue();
        assertThat(lake.events()).containsExactly("sales.orders 1+2");
        assertThat(landed).containsExactly("sales.orders 2 3");
    }

    @Test
    void aFailingTableHoldsOnlyItself() {
        lake.faults().always("commit sales.orders", new OutsideException("the catalog is down"));
        submit(ordersAndRefunds(1, 0, 1));
        pool.runDue();
        submit(ordersAndRefunds(2, 1, 2));
        pool.runDue();
        assertThat(lake.rows(REFUNDS)).containsExactly("refund 0", "refund 1");
        assertThat(lake.rows(ORDERS)).isEmpty();
        assertThat(stops).isEmpty();

        lake.faults().mend("commit sales.orders");
        pool.advance(Duration.ofSeconds(30));
        assertThat(lake.rows(ORDERS)).containsExactly("order 0", "order 1");
    }

    @Test
    void stopsAfterTheLedgerHasFailedForTooLong() {
        lake.faults().always("append", new OutsideException("the catalog is down"));
        submit(epoch(lake, 1, run, 0, 1));
        pool.advance(CommitLanes.LEDGER_LIMIT);
        assertThat(stops).isEmpty();
        pool.advance(Duration.ofMinutes(1));
        assertThat(stops).containsExactly("ledger: the catalog is down");
        assertThat(pool.isIdle()).isTrue();
    }

    @Test
    void stopsAtOnceWhereTheLedgerRefuses() {
        lake.faults().always("append", new CommitRefused("the ledger was rolled back"));
        submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();
        assertThat(stops).containsExactly("ledger: the ledger was rolled back");
    }

    @Test
    void stopsWhereTheRunIsSuperseded() {
        lake.ledger().claimRun();
        submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();
        assertThat(stops)
                .containsExactly("ledger: run 1 stops: run 2 of this pipeline has started since and writes its tables");
        assertThat(lake.rows(ORDERS)).isEmpty();
    }

    @Test
    void stopsOnAnErrorThatWouldElseKillTheLaneInSilence() {
        lake.faults().once("commit sales.orders", new NoClassDefFoundError("org/apache/hadoop/Missing"));
        submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();
        assertThat(stops).containsExactly("sales.orders: org/apache/hadoop/Missing");
    }

    @Test
    void appendsOnceWhereTheAnswerWasLost() {
        lake.faults().loseAnswer("append", new OutsideException("no answer"));
        submit(epoch(lake, 1, run, 0, 2));
        pool.advance(Duration.ofSeconds(1));
        assertThat(lake.ledger().numbers()).containsExactly(1L);
        assertThat(lake.rows(ORDERS)).hasSize(2);
        assertThat(stops).isEmpty();
    }

    @Test
    void goesOnBehindTheLastThatLandedWhereOneOfSeveralFails() {
        submit(epoch(lake, 1, run, 0, 2));
        submit(epoch(lake, 2, run, 2, 3));
        submit(epoch(lake, 3, run, 3, 4));
        lake.faults().pass("append", 2);
        lake.faults().once("append", new OutsideException("the catalog is down"));
        pool.advance(Duration.ofSeconds(1));
        assertThat(stops).isEmpty();
        assertThat(lake.ledger().numbers()).containsExactly(1L, 2L, 3L);
        assertThat(written).containsExactly(1L, 2L, 3L);
        assertThat(lake.rows(ORDERS)).hasSize(4);
        assertThat(landed).containsExactly("sales.orders 2 3", "sales.orders 3 1");
    }

    @Test
    void neverForgetsWhatIsSettled() {
        submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();
        submit(epoch(lake, 2, run, 1, 2));
        pool.runDue();
        assertThat(lake.ledger().settled()).containsExactly(0L, 1L);

        lanes = lanes();
        lanes.rollForward();
        pool.runDue();
        submit(epoch(lake, 3, run, 2, 3));
        pool.runDue();
        assertThat(lake.ledger().settled()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void knowsOpenEpochsOfTheLedgerAsUnsettledUntilTheyLand() {
        lake.faults().always("commit sales.orders", new OutsideException("down"));
        submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();

        lanes = lanes();
        submit(epoch(lake, 2, run, 1, 2));
        pool.runDue();
        assertThat(lake.ledger().settled()).containsExactly(0L, 0L);
    }

    @Test
    void waitsUntilAllHasLanded() throws Exception {
        submit(epoch(lake, 1, run, 0, 1));
        pool.runOne();
        Thread waiting = waiting();
        assertThat(waiting.isAlive()).isTrue();
        pool.runDue();
        waiting.join();
        assertThat(lake.rows(ORDERS)).hasSize(1);
    }

    @Test
    void doesNotWaitForATableThatFailsButForTheOthers() throws Exception {
        lake.faults().always("commit sales.orders", new OutsideException("down"));
        submit(ordersAndRefunds(1, 0, 1));
        pool.runOne();
        pool.runOne();
        Thread waiting = waiting();
        assertThat(waiting.isAlive()).isTrue();
        pool.runOne();
        waiting.join();
        assertThat(lake.rows(REFUNDS)).hasSize(1);
        assertThat(lake.rows(ORDERS)).isEmpty();
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        submit(epoch(lake, 1, run, 0, 1));
        lanes.awaitQuiet(Duration.ofMillis(1));
        assertThat(lake.rows(ORDERS)).isEmpty();
    }

    /** A thread that waits for the lanes, and was given the time to end if it need not. */
    private Thread waiting() throws InterruptedException {
        Thread waiting = new Thread(() -> {
            try {
                lanes.awaitQuiet(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        waiting.join(50);
        return waiting;
    }

    @Test
    void tablesThatHangDoNotHoldTheLedger() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        whenWrittenAhead = epoch -> second.countDown();
        try (CommitLanes real =
                new CommitLanes(work(), this, LaneThreads.start(getClass().getClassLoader()))) {
            List<TableName> hanging = new ArrayList<>();
            for (int table = 0; table < LaneThreads.TABLES; table++) {
                TableName name = new TableName("sales.slow" + table);
                lake.faults().meanwhile("commit " + name, () -> await(never));
                hanging.add(name);
            }
            real.submit(List.of(new Epoch(
                    1,
                    run,
                    "plan",
                    1,
                    List.of(),
                    List.of(),
                    hanging.stream()
                            .map(name -> lake.stage(name, List.of("row")))
                            .toList())));
            real.submit(List.of(epoch(lake, 2, run, 0, 1)));
            assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void moreTablesHangThanThereAreThreadsAndTheOthersGoOn() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(LaneThreads.TABLES + 2);
        CountDownLatch well = new CountDownLatch(1);
        AtomicLong clock = new AtomicLong();
        ManualExecutor watch = new ManualExecutor();
        LaneThreads real = LaneThreads.start(getClass().getClassLoader());
        LaneThreads watched = new LaneThreads(real.ledger(), real.tables(), watch, clock::get, real.millis());
        try (real;
                CommitLanes lanes = new CommitLanes(work(), this, watched)) {
            List<TableName> tables = new ArrayList<>();
            for (int table = 0; table < hanging.getCount(); table++) {
                TableName name = new TableName("a.hangs" + table);
                lake.faults().meanwhile("commit " + name, () -> {
                    hanging.countDown();
                    await(never);
                });
                tables.add(name);
            }
            lake.faults().meanwhile("commit " + ORDERS, well::countDown);
            lanes.submit(List.of(new Epoch(
                    1,
                    run,
                    "plan",
                    1,
                    List.of(),
                    List.of(),
                    tables.stream()
                            .map(name -> lake.stage(name, List.of("row")))
                            .toList())));
            while (hanging.getCount() > 2) {
                Thread.onSpinWait();
            }
            lanes.submit(List.of(epoch(lake, 2, run, 0, 1)));
            while (lake.ledger().numbers().size() < 2) {
                Thread.onSpinWait();
            }
            watch.advance(HoldWatch.LOOK);
            assertThat(well.getCount()).as("a minute is not over").isEqualTo(1);

            clock.addAndGet(TableLane.SLOW.toNanos() + 1);
            watch.advance(HoldWatch.LOOK);
            assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(well.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        CountDownLatch inCommit = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        lake.faults().meanwhile("commit sales.orders", () -> {
            inCommit.countDown();
            await(never);
        });
        LaneThreads threads = LaneThreads.start(getClass().getClassLoader());
        try (CommitLanes real = new CommitLanes(work(), this, threads)) {
            real.submit(List.of(epoch(lake, 1, run, 0, 1)));
            await(inCommit);
        }
        assertThat(threads.ledger().isTerminated()).isTrue();
        assertThat(threads.tables().isTerminated()).isTrue();
        assertThat(threads.watch().isTerminated()).isTrue();
    }

    @Test
    void lanesSeeTheLoaderOfTheJob() throws Exception {
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
        try (LaneThreads threads = LaneThreads.start(loader)) {
            assertThat(threads.tables()
                            .submit(() -> Thread.currentThread().getContextClassLoader())
                            .get())
                    .isSameAs(loader);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new OutsideException("was told to stop", e);
        }
    }
}

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitLanesTest implements CommitLanes.Listener {

    private final FakeLake lake = FakeLake.create();
    private final Lake opened = lake.factory().open(SystemReferences.ofThisProcess());
    private final long run = lake.ledger().claimRun();
    private final ManualExecutor pool = new ManualExecutor();
    private final List<Long> written = new ArrayList<>();
    private final List<String> landed = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();

    private CommitLanes lanes = lanes();

    private CommitLanes lanes() {
        return new CommitLanes(
                opened, lake.ledger(), lake.ledger().read(), this, new LaneThreads(pool, pool, pool::nanos));
    }

    @Override
    public synchronized void writtenAhead(long epoch) {
        written.add(epoch);
    }

    @Override
    public synchronized void landed(TableName table, long epoch, long records) {
        landed.add(table + " " + epoch + " " + records);
    }

    @Override
    public synchronized void mustStop(String lane, Throwable reason) {
        stops.add(lane + ": " + reason.getMessage());
    }

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
        lanes.submit(epoch(lake, 1, run, 0, 2));
        pool.runOne();
        assertThat(lake.ledger().numbers()).containsExactly(1L);
        assertThat(written).containsExactly(1L);
        assertThat(lake.rows(ORDERS)).isEmpty();

        pool.runDue();
        assertThat(lake.rows(ORDERS)).containsExactly("kafka/orders-0@0", "kafka/orders-0@1");
        assertThat(landed).containsExactly("sales.orders 1 2");
    }

    @Test
    void mergesWhatWaitsForATable() {
        lanes.submit(epoch(lake, 1, run, 0, 2));
        lanes.submit(epoch(lake, 2, run, 2, 3));
        pool.runDue();
        assertThat(lake.events()).containsExactly("sales.orders 1+2");
        assertThat(landed).containsExactly("sales.orders 2 3");
    }

    @Test
    void aFailingTableHoldsOnlyItself() {
        lake.faults().always("commit sales.orders", new OutsideException("the catalog is down"));
        lanes.submit(ordersAndRefunds(1, 0, 1));
        pool.runDue();
        lanes.submit(ordersAndRefunds(2, 1, 2));
        pool.runDue();
        assertThat(lake.rows(REFUNDS)).containsExactly("refund 0", "refund 1");
        assertThat(lake.rows(ORDERS)).isEmpty();
        assertThat(stops).isEmpty();

        lake.faults().mend("commit sales.orders");
        pool.advance(Duration.ofSeconds(30));
        assertThat(lake.rows(ORDERS)).containsExactly("order 0", "order 1");
    }

    @Test
    void stopsAfterATableHasFailedForTooLong() {
        lake.faults().always("commit sales.orders", new OutsideException("the catalog is down"));
        lanes.submit(epoch(lake, 1, run, 0, 1));
        pool.advance(CommitLanes.HOLD_LIMIT);
        assertThat(stops).isEmpty();
        pool.advance(Duration.ofMinutes(1));
        assertThat(stops).containsExactly("sales.orders: the catalog is down");
        assertThat(pool.isIdle()).isTrue();
    }

    @Test
    void stopsAtOnceWhereNoRepetitionHelps() {
        lake.faults().always("commit sales.orders", new CommitRefused("table `sales.orders` was rolled back"));
        lanes.submit(ordersAndRefunds(1, 0, 1));
        pool.runDue();
        assertThat(stops).containsExactly("sales.orders: table `sales.orders` was rolled back");
        assertThat(lake.rows(REFUNDS)).hasSize(1);
        assertThat(pool.isIdle()).isTrue();
    }

    @Test
    void stopsWhereTheRunIsSuperseded() {
        lake.ledger().claimRun();
        lanes.submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();
        assertThat(stops)
                .containsExactly("ledger: run 1 stops: run 2 of this pipeline has started since and writes its tables");
        assertThat(lake.rows(ORDERS)).isEmpty();
    }

    @Test
    void stopsOnAnErrorThatWouldElseKillTheLaneInSilence() {
        lake.faults().once("commit sales.orders", new NoClassDefFoundError("org/apache/hadoop/Missing"));
        lanes.submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();
        assertThat(stops).containsExactly("sales.orders: org/apache/hadoop/Missing");
    }

    @Test
    void appendsOnceWhereTheAnswerWasLost() {
        lake.faults().loseAnswer("append", new OutsideException("no answer"));
        lanes.submit(epoch(lake, 1, run, 0, 2));
        pool.advance(Duration.ofSeconds(1));
        assertThat(lake.ledger().numbers()).containsExactly(1L);
        assertThat(lake.rows(ORDERS)).hasSize(2);
        assertThat(stops).isEmpty();
    }

    @Test
    void goesOnBehindTheLastThatLandedWhereOneOfSeveralFails() {
        lanes.submit(epoch(lake, 1, run, 0, 2));
        lanes.submit(epoch(lake, 2, run, 2, 3));
        lanes.submit(epoch(lake, 3, run, 3, 4));
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
        lanes.submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();
        lanes.submit(epoch(lake, 2, run, 1, 2));
        pool.runDue();
        assertThat(lake.ledger().settled()).containsExactly(0L, 1L);

        lanes = lanes();
        lake.ledger().read().open().forEach(lanes::rollForward);
        pool.runDue();
        lanes.submit(epoch(lake, 3, run, 2, 3));
        pool.runDue();
        assertThat(lake.ledger().settled()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void knowsOpenEpochsOfTheLedgerAsUnsettledUntilTheyLand() {
        lake.faults().always("commit sales.orders", new OutsideException("down"));
        lanes.submit(epoch(lake, 1, run, 0, 1));
        pool.runDue();

        lanes = lanes();
        lanes.submit(epoch(lake, 2, run, 1, 2));
        pool.runDue();
        assertThat(lake.ledger().settled()).containsExactly(0L, 0L);
    }

    @Test
    void waitsUntilAllHasLanded() throws Exception {
        lanes.submit(epoch(lake, 1, run, 0, 1));
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
        lanes.submit(ordersAndRefunds(1, 0, 1));
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
        lanes.submit(epoch(lake, 1, run, 0, 1));
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
        CommitLanes.Listener listener = new CommitLanes.Listener() {
            @Override
            public void writtenAhead(long epoch) {
                second.countDown();
            }

            @Override
            public void landed(TableName table, long epoch, long records) {}

            @Override
            public void mustStop(String lane, Throwable reason) {}
        };
        try (CommitLanes real = new CommitLanes(
                opened,
                lake.ledger(),
                lake.ledger().read(),
                listener,
                LaneThreads.start(getClass().getClassLoader()))) {
            List<TableName> hanging = new ArrayList<>();
            for (int table = 0; table < LaneThreads.TABLES; table++) {
                TableName name = new TableName("sales.slow" + table);
                lake.faults().meanwhile("commit " + name, () -> await(never));
                hanging.add(name);
            }
            real.submit(new Epoch(
                    1,
                    run,
                    "plan",
                    1,
                    List.of(),
                    List.of(),
                    hanging.stream()
                            .map(name -> lake.stage(name, List.of("row")))
                            .toList()));
            real.submit(epoch(lake, 2, run, 0, 1));
            assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
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
        try (CommitLanes real =
                new CommitLanes(opened, lake.ledger(), lake.ledger().read(), this, threads)) {
            real.submit(epoch(lake, 1, run, 0, 1));
            await(inCommit);
        }
        assertThat(threads.ledger().isTerminated()).isTrue();
        assertThat(threads.tables().isTerminated()).isTrue();
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

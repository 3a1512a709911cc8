package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.progress;
import static dev.firn.flink.testing.Records.read;
import static dev.firn.flink.testing.Records.routed;
import static dev.firn.flink.testing.Records.rows;
import static dev.firn.flink.testing.Records.wrote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.flink.latency.VisibleAfter;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.ManualExecutor;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
class EpochCommitterTest {

    private final FakeLake lake = FakeLake.create();

    private RunningCommitter start() throws Exception {
        return RunningCommitter.start(lake, lake.ledger().claimRun());
    }

    private void hasRows(long to) {
        assertThat(lake.rows(ORDERS)).containsExactlyElementsOf(rows(ORDERS_0, 0, to));
    }

    @Test
    void commitsWhatACheckpointConfirms() throws Exception {
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(1);
            job.works();
            assertThat(lake.ledger().epochs()).isEmpty();

            job.confirms(1);
            job.works();
            hasRows(3);
            Epoch epoch = lake.ledger().epochs().get(0);
            assertThat(epoch.number()).isEqualTo(1);
            assertThat(epoch.run()).isEqualTo(1);
            assertThat(epoch.planHash()).isEqualTo("plan");
            assertThat(epoch.checkpoint()).isEqualTo(1);
        }
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void forgetsInItsStateWhatIsWrittenAhead() throws Exception {
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            assertThat(RunningCommitter.epochs(job.barrier(1))).containsExactly(1L);
            job.confirms(1);
            job.works();
            assertThat(RunningCommitter.epochs(job.barrier(2))).isEmpty();
        }
    }

    /** The job would else checkpoint on, with a state that grows, for as long as the ledger's lane tries. */
    @Test
    void stopsWithTheReasonWhenTooMuchWaitsForTheLedgerAndLosesNothing() throws Exception {
        lake.faults().always("append", new OutsideException("the catalog is down"));
        OperatorSubtaskState last = OperatorSubtaskState.builder().build();
        try (RunningCommitter job = start()) {
            for (long checkpoint = 1; checkpoint <= 1_000; checkpoint++) {
                job.sees(read(new SplitProgress(ORDERS_0, checkpoint, checkpoint + 1, 0)));
                last = job.barrier(checkpoint);
                job.confirms(checkpoint);
                job.works();
            }
            job.sees(read(new SplitProgress(ORDERS_0, 1_001, 1_002, 0)));

            assertThatThrownBy(() -> job.barrier(1_001))
                    .hasRootCauseInstanceOf(OutsideException.class)
                    .rootCause()
                    .hasMessageStartingWith("the ledger has taken nothing since epoch 0: 1,001 epochs (")
                    .hasMessageEndingWith(
                            "; the last attempt: the catalog is down. The job stops; nothing is lost. Start"
                                    + " it again when the ledger can be written");
        }
        lake.faults().mend("append");
        try (RunningCommitter job = RunningCommitter.resume(lake, lake.ledger().claimRun(), last)) {
            job.works();
            assertThat(lake.ledger().numbers()).hasSize(1_000);
        }
    }

    @Test
    void makesNoEpochOfNothing() throws Exception {
        try (RunningCommitter job = start()) {
            job.barrier(1);
            job.confirms(1);
            job.works();
            assertThat(lake.ledger().epochs()).isEmpty();
        }
    }

    @Test
    void keepsWhereAQuietSplitWasOpenedAndTellsItOnce() throws Exception {
        try (RunningCommitter job = start()) {
            job.sees(read(progress(ORDERS_0, 1000, 1000)));
            job.barrier(1);
            job.confirms(1);
            job.works();
            assertThat(lake.ledger().positions()).containsEntry(ORDERS_0, 1000L);
        }
        try (RunningCommitter job = start()) {
            job.sees(read(progress(ORDERS_0, 1000, 1000)));
            job.barrier(1);
            job.confirms(1);
            job.works();
            assertThat(lake.ledger().numbers()).containsExactly(1L);
        }
    }

    @Test
    void refusesASplitThatIsOpenedBehindItsLedgersPositionBeforeAnythingIsRead() throws Exception {
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.works();
        }
        try (RunningCommitter job = start()) {
            job.sees(read(progress(ORDERS_0, 5, 5)));
            assertThatThrownBy(() -> job.barrier(1))
                    .hasRootCauseMessage(
                            "kafka/orders-0 was read from position 5 on, but the ledger has it only up to 3:"
                                    + " the rows between would be missing");
        }
    }

    @Test
    void anAbortedCheckpointGoesWithTheNext() throws Exception {
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(1);
            job.reads(3, 4);
            assertThat(RunningCommitter.epochs(job.barrier(2))).containsExactly(1L, 2L);
            job.confirms(2);
            job.works();
            hasRows(4);
            assertThat(lake.ledger().numbers()).containsExactly(1L, 2L);
        }
    }

    @Test
    void aLateConfirmationTakesNothingThatCameAfterItsBarrier() throws Exception {
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(1);
            job.reads(3, 4);
            job.barrier(2);
            job.confirms(1);
            job.works();
            hasRows(3);

            job.confirms(2);
            job.confirms(2);
            job.works();
            hasRows(4);
        }
    }

    @Test
    void aSavepointThatNobodyConfirmsGoesWithTheNextCheckpoint() throws Exception {
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(8);
            job.reads(3, 4);
            job.barrier(9);
            job.confirms(9);
            job.works();
            hasRows(4);
        }
    }

    @Test
    void stopsWhereANewerRunTakesOver() throws Exception {
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(1);
            lake.ledger().claimRun();
            job.confirms(1);
            assertThatThrownBy(job::works)
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseMessage("run 1 stops: run 2 of this pipeline has started since and writes its tables");
            hasRows(0);
        }
    }

    @Test
    void goesOnWhereATableRefusesUntilItHasBeenHeldForTooLong() throws Exception {
        try (RunningCommitter job = start()) {
            lake.faults().always("commit sales.orders", new CommitRefused("table `sales.orders` was rolled back"));
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.looks();
            job.reads(3, 4);
            job.barrier(2);
            job.confirms(2);
            job.passes(Duration.ofHours(12));
            job.looks();
            hasRows(0);

            job.passes(Duration.ofMinutes(1));
            assertThatThrownBy(job::looks)
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseMessage("table `sales.orders` is held for 12h, as far as its `hold` goes: table"
                            + " `sales.orders` was rolled back; what is staged for it is in the ledger, and the next"
                            + " run commits it");
        }
    }

    @Test
    void showsHowItsTablesFareAsLongAsItIsOpen() throws Exception {
        JobID id;
        try (RunningCommitter job = start()) {
            id = job.id();
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.works();
            assertThat(LiveCommits.of(id).orElseThrow().tables())
                    .singleElement()
                    .satisfies(table -> {
                        assertThat(table.table()).isEqualTo(ORDERS);
                        assertThat(table.landedEpoch()).isEqualTo(1);
                    });
        }
        assertThat(LiveCommits.of(id)).isEmpty();
    }

    @Test
    void saysHowLongRowsTookToBecomeVisibleOverACheckpointThatFailedAndAHeldTable() throws Exception {
        try (RunningCommitter job = start()) {
            long read = ManualExecutor.START;
            job.reads(0, 3);
            job.sees(aged(new RecordAges(ORDERS, read, new long[] {40, 100}, new long[] {2, 1})));
            job.barrier(1);
            job.passes(Duration.ofSeconds(10));
            assertThat(visibleAfter(job)).isEmpty();

            lake.faults().always("commit sales.orders", new OutsideException("the catalog is down"));
            job.barrier(2);
            job.confirms(2);
            job.passes(Duration.ofMinutes(30));
            assertThat(visibleAfter(job)).containsExactly(VisibleAfter.UNKNOWN);

            lake.faults().mend("commit sales.orders");
            job.passes(Duration.ofMinutes(1));
            assertThat(visibleAfter(job)).singleElement().satisfies(told -> {
                assertThat(told.rows()).isEqualTo(3);
                assertThat(Duration.ofMillis(told.p50())).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
            });

            job.passes(Duration.ofMinutes(2));
            job.reads(3, 4);
            job.sees(aged(new RecordAges(ORDERS, read + 1_000, new long[] {-1_900_000}, new long[] {1})));
            job.barrier(3);
            job.confirms(3);
            job.works();
            assertThat(visibleAfter(job)).singleElement().satisfies(told -> {
                assertThat(told.rows()).isEqualTo(1);
                assertThat(Duration.ofMillis(told.max())).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(170));
            });
        }
    }

    private static LedgerEntry aged(RecordAges ages) {
        return new LedgerEntry("tables", 0, List.of(), List.of(), List.of(), LedgerSchemas.NONE, List.of(ages));
    }

    private static List<VisibleAfter> visibleAfter(RunningCommitter job) {
        return LiveCommits.of(job.id()).orElseThrow().tables().stream()
                .map(TableHealth::visibleAfter)
                .toList();
    }

    @Test
    void keepsInStateWhatTheLedgerDoesNotTake() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start()) {
            lake.faults().always("append", new OutsideException("the catalog is down"));
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.works();
            job.reads(3, 4);
            state = job.barrier(2);
            assertThat(RunningCommitter.epochs(state)).containsExactly(1L, 2L);
            assertThat(LiveCommits.of(job.id()).orElseThrow().ledger())
                    .isEqualTo(new LiveCommits.LedgerHealth(true, Optional.of("the catalog is down")));
            job.confirms(2);
            job.works();

            lake.faults().mend("append");
            job.passes(Duration.ofSeconds(30));
            hasRows(4);
            assertThat(LiveCommits.of(job.id()).orElseThrow().ledger())
                    .isEqualTo(new LiveCommits.LedgerHealth(true, Optional.empty()));
        }
    }

    @Test
    void nothingOfAnEpochIsKeptWhoseSumsDoNotHold() throws Exception {
        try (RunningCommitter job = start()) {
            job.sees(read(progress(ORDERS_0, 0, 3), progress(ORDERS_1, 5, 6)));
            job.sees(wrote(
                    List.of(routed(ORDERS_0, ORDERS, 2), routed(ORDERS_1, ORDERS, 1)),
                    List.of(lake.stage(ORDERS, rows(ORDERS_0, 0, 3)))));
            assertThatThrownBy(() -> job.barrier(1))
                    .hasStackTraceContaining(SuppressRestartsException.class.getName())
                    .hasRootCauseMessage(
                            """
                            our bug: the sums of epoch 1 do not hold, so nothing of it is committed
                            balance sheet of epoch 1
                              kafka/orders-0                           read 3 = routed 2 = 2   <- 1 without an outcome
                                  read 3, positions 0 to 3
                                  routed 2 sales.orders
                              kafka/orders-1                           read 1 = routed 1
                              sales.orders                             routed 3 = in files 3
                            """);
            assertThat(lake.ledger().epochs()).isEmpty();
        }
    }

    @Test
    void stopsWhereASplitWasReadOnFromElsewhere() throws Exception {
        try (RunningCommitter job = start()) {
            job.sees(read(progress(ORDERS_0, 0, 3)));
            assertThatThrownBy(() -> job.sees(read(progress(ORDERS_0, 4, 5))))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseMessage("our bug: kafka/orders-0 was read up to 3, then from 4 on");
        }
    }

    @Test
    void anOrderlyStopWaitsForWhatItsSavepointConfirmed() throws Exception {
        try (RunningCommitter job =
                RunningCommitter.withThreads(lake, lake.ledger().claimRun())) {
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
        }
        hasRows(3);
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void aCancelledJobDoesNotWaitForASlowTable() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        lake.faults().meanwhile("commit sales.orders", () -> {
            slow.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new OutsideException("was told to stop", e);
            }
        });
        try (RunningCommitter job =
                RunningCommitter.withThreads(lake, lake.ledger().claimRun())) {
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            slow.await();
            job.cancels();
        }
        assertThat(lake.leaks()).isZero();
    }
}

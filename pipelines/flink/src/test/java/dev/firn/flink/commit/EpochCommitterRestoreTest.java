package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.flink.testing.FakeLake;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
class EpochCommitterRestoreTest {

    private final FakeLake lake = FakeLake.create();

    private RunningCommitter start() throws Exception {
        return RunningCommitter.start(lake, lake.ledger().claimRun());
    }

    private RunningCommitter resume(OperatorSubtaskState state) throws Exception {
        return RunningCommitter.resume(lake, lake.ledger().claimRun(), state);
    }

    private void hasRows(long to) {
        assertThat(lake.rows(ORDERS)).containsExactlyElementsOf(rows(ORDERS_0, 0, to));
    }

    @Test
    void writesAheadWhatWasConfirmedAndDidNotReachTheLedger() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(40);
            job.reads(3, 4);
            state = job.barrier(41);
            job.kill();
        }
        assertThat(lake.ledger().epochs()).isEmpty();

        try (RunningCommitter job = resume(state)) {
            job.works();
            hasRows(4);
            assertThat(lake.ledger().epochs()).extracting(Epoch::run).containsExactly(2L, 2L);

            // The ids of checkpoints may start anew.
            job.reads(4, 6);
            job.barrier(1);
            job.works();
            hasRows(4);
            job.confirms(1);
            job.works();
            hasRows(6);
        }
    }

    @Test
    void tellsTheLedgerOfEachSchemaOnce() throws Exception {
        LedgerSchemas seven = new LedgerSchemas(List.of(new UsedSchema("one", 7, "seven")), List.of());
        LedgerEntry met = new LedgerEntry("tap", 0, List.of(), List.of(), List.of(), seven);
        OperatorSubtaskState state;
        try (RunningCommitter job = start()) {
            job.sees(met);
            job.barrier(1);
            job.reads(0, 3);
            state = job.barrier(2);
            job.kill();
        }

        try (RunningCommitter job = resume(state)) {
            job.sees(met);
            job.reads(3, 4);
            job.barrier(3);
            job.confirms(3);
            job.works();
        }
        assertThat(lake.ledger().epochs()).extracting(Epoch::schemas).containsExactly(seven, LedgerSchemas.NONE);

        try (RunningCommitter job = start()) {
            job.sees(met);
            job.reads(4, 5);
            job.barrier(4);
            job.confirms(4);
            job.works();
        }
        assertThat(lake.ledger().epochs()).last().extracting(Epoch::schemas).isEqualTo(LedgerSchemas.NONE);
        assertThat(lake.ledger().schemas()).isEqualTo(seven);
    }

    @Test
    void whatIsPendingTwiceIsWrittenOnce() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            state = job.barrier(1);
            job.confirms(1);
            job.works();
        }
        try (RunningCommitter job = resume(state)) {
            job.works();
            job.reads(3, 4);
            job.barrier(2);
            job.confirms(2);
            job.works();
            hasRows(4);
            assertThat(lake.ledger().numbers()).containsExactly(1L, 2L);
        }
    }

    @Test
    void refusesAStateOfBeforeARewind() throws Exception {
        OperatorSubtaskState state;
        OperatorSubtaskState later;
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.works();
            state = job.barrier(2);
        }
        long run = lake.ledger().claimRun();
        Epoch nothing = new Epoch(2, run, "", 0, List.of(), List.of(), List.of());
        lake.ledger().append(new Rewind(nothing, 0, Map.of(ORDERS_0, 0L)));

        assertThatThrownBy(() -> resume(state))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessage(
                        "the state is of run 1, and run 2 has taken the ledger back to epoch 0 since: start without a"
                                + " state, and it goes on from the ledger");

        try (RunningCommitter job = start()) {
            job.reads(0, 2);
            later = job.barrier(1);
        }
        try (RunningCommitter job = resume(later)) {
            job.works();
            assertThat(lake.ledger().numbers()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void afterARestartInsideTheRunTheSameStateIsWrittenOnce() throws Exception {
        OperatorSubtaskState state;
        long run = lake.ledger().claimRun();
        try (RunningCommitter job = RunningCommitter.start(lake, run)) {
            job.reads(0, 3);
            state = job.barrier(1);
            job.kill();
        }
        lake.faults().loseAnswer("append", new OutsideException("no answer"));
        try (RunningCommitter job = RunningCommitter.resume(lake, run, state)) {
            // The look for changes of schemas that nobody has written down, and then the append.
            job.worksOnce();
            job.worksOnce();
            job.kill();
        }
        try (RunningCommitter job = RunningCommitter.resume(lake, run, state)) {
            job.works();
            hasRows(3);
            assertThat(lake.ledger().numbers()).containsExactly(1L);
        }
    }

    @Test
    void takesEpochsOfTheLedgerThatAreNotInTheirTablesToThem() throws Exception {
        try (RunningCommitter job = start()) {
            lake.faults().always("commit sales.orders", new OutsideException("down"));
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.works();
            assertThat(lake.ledger().numbers()).containsExactly(1L);
            hasRows(0);
        }
        lake.faults().mend("commit sales.orders");
        try (RunningCommitter job = start()) {
            job.works();
            hasRows(3);
        }
    }

    /** One epoch is in the ledger and not in its table, one is in the state alone; both were staged under the old plan. */
    @Test
    void takesOpenEpochsOfAnotherPlanToTheirTables() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start()) {
            lake.faults().always("commit sales.orders", new OutsideException("down"));
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.works();
            job.reads(3, 4);
            state = job.barrier(2);
            job.kill();
        }
        hasRows(0);
        lake.faults().mend("commit sales.orders");

        try (RunningCommitter job =
                RunningCommitter.resumeAs("another plan", lake, lake.ledger().claimRun(), state)) {
            job.works();
            job.reads(4, 5);
            job.barrier(3);
            job.confirms(3);
            job.works();
            hasRows(5);
        }
        assertThat(lake.ledger().epochs()).extracting(Epoch::planHash).containsExactly("plan", "plan", "another plan");
    }

    @Test
    void refusesAStateThatIsOlderThanTheLedgerAndDidNotMoveForward() throws Exception {
        OperatorSubtaskState old;
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            old = job.barrier(1);
            job.confirms(1);
            job.reads(3, 5);
            job.barrier(2);
            job.confirms(2);
            job.works();
        }
        try (RunningCommitter job = resume(old)) {
            job.reads(3, 6);
            assertThatThrownBy(() -> job.barrier(3))
                    .hasRootCauseMessage(
                            "kafka/orders-0 was read from position 3 on, but the ledger already has it up to 5:"
                                    + " its rows would be written twice")
                    .hasStackTraceContaining(SuppressRestartsException.class.getName());
        }
        try (RunningCommitter job = resume(old)) {
            job.reads(5, 6);
            job.barrier(3);
            job.confirms(3);
            job.works();
            hasRows(6);
        }
    }

    @Test
    void refusesAStateWhereTablesHaveToHaveAllThatWasRead() throws Exception {
        FakeLake another = FakeLake.create();
        OperatorSubtaskState state;
        try (RunningCommitter job =
                RunningCommitter.ledgerAlone(another, another.ledger().claimRun(), null)) {
            job.reads(0, 1);
            state = job.barrier(1);
            job.kill();
        }
        long run = another.ledger().claimRun();
        assertThatThrownBy(() -> RunningCommitter.ledgerAlone(another, run, state))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("a table of the pipeline has `unique`, and what it has must be in it before"
                        + " anything is read: start without a state, and the pipeline goes on from the ledger");
    }

    @Test
    void refusesPendingEpochsThatDoNotFollowTheLedger() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start()) {
            job.reads(0, 1);
            job.barrier(1);
            job.confirms(1);
            job.works();
            job.reads(1, 2);
            state = job.barrier(2);
            job.kill();
        }
        FakeLake another = FakeLake.create();
        long run = another.ledger().claimRun();
        assertThatThrownBy(() -> RunningCommitter.resume(another, run, state))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage(
                        "the state holds epoch 2, the ledger ends with epoch 0: the epochs between are lost,"
                                + " so the ledger was rolled back or belongs to another pipeline");
        assertThat(another.leaks()).isZero();
    }

    /** The other run ended its epoch 1 elsewhere, so epoch 2 of this state begins where nobody has been. */
    @Test
    void refusesPendingEpochsOfAnotherHistory() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start()) {
            job.reads(0, 5);
            job.barrier(1);
            job.reads(5, 7);
            state = job.barrier(2);
            job.kill();
        }
        try (RunningCommitter job = start()) {
            job.reads(0, 3);
            job.barrier(1);
            job.confirms(1);
            job.works();
        }
        assertThatThrownBy(() -> resume(state))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("kafka/orders-0 was read from position 5 on, but the ledger has it only up to 3:"
                        + " the rows between would be missing");
        assertThat(lake.leaks()).isZero();
        hasRows(3);
    }

    @Test
    void stopsAtOnceWhereANewerRunHasStarted() {
        long mine = lake.ledger().claimRun();
        lake.ledger().claimRun();
        assertThatThrownBy(() -> RunningCommitter.start(lake, mine))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("run 1 stops: run 2 of this pipeline has started since and writes its tables");
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void stopsAtOnceWhereTheLedgerHasForgottenTheRun() {
        assertThatThrownBy(() -> RunningCommitter.start(lake, 3))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("run 3 stops: its ledger knows runs up to 0 only,"
                        + " so it was dropped and made anew, or rolled back");
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void leavesNothingOpenWhereTheLedgerCanNotBeReached() {
        long run = lake.ledger().claimRun();
        OutsideException down = new OutsideException("the catalog is down");
        lake.faults().once("open", down);
        assertThatThrownBy(() -> RunningCommitter.start(lake, run)).isSameAs(down);
        lake.faults().once("ledger", down);
        assertThatThrownBy(() -> RunningCommitter.start(lake, run)).isSameAs(down);
        lake.faults().once("read", down);
        assertThatThrownBy(() -> RunningCommitter.start(lake, run)).isSameAs(down);
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void stopsWhereTheStateIsOfAnotherVersion() throws Exception {
        long run = lake.ledger().claimRun();
        OperatorSubtaskState newer = StateBytes.write(new byte[] {0, 0, 0, 9});
        assertThatThrownBy(() -> RunningCommitter.resume(lake, run, newer))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("the state holds an epoch of version 9, this Firn reads up to version 3;"
                        + " start it with the Firn that wrote it");
        assertThat(lake.leaks()).isZero();
    }
}

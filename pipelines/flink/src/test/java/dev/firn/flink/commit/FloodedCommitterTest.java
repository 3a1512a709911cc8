package dev.firn.flink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.HaltOptions;
import dev.firn.definition.bind.Share;
import dev.firn.flink.testing.FakeLake;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a job does that ends because of what goes to quarantine, and the one that is started after it. */
class FloodedCommitterTest {

    private static final HaltOptions A_FIFTH = new HaltOptions(new Share(2_000), Duration.ofMinutes(10));

    private final FakeLake lake = FakeLake.create();

    private RunningCommitter start(@Nullable OperatorSubtaskState state) throws Exception {
        return RunningCommitter.start(lake, lake.ledger().claimRun(), A_FIFTH, state);
    }

    private void commits(RunningCommitter job, long checkpoint) throws Exception {
        job.barrier(checkpoint);
        job.confirms(checkpoint);
        job.works();
    }

    private static void isFlooded(RunningCommitter job, long checkpoint) {
        assertThatThrownBy(() -> job.barrier(checkpoint))
                .hasStackTraceContaining(SuppressRestartsException.class.getName())
                .hasRootCauseInstanceOf(QuarantineFlooded.class);
    }

    @Test
    void nothingOfTheEpochThatIsTooMuchIsCommittedAndNobodyStartsAgainByItself() throws Exception {
        try (RunningCommitter job = start(null)) {
            job.reads(0, 300);
            commits(job, 1);
            job.rejects(300, 420);

            isFlooded(job, 2);

            assertThat(lake.ledger().since(0)).hasSize(1);
            assertThat(lake.rows(FakeLake.QUARANTINE)).isEmpty();
        }
    }

    @Test
    void aStartThatHasMendedNothingEndsAtTheSameRecords() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start(null)) {
            job.rejects(0, 60);
            state = job.barrier(1);
            job.confirms(1);
            job.works();
            job.rejects(60, 105);
            isFlooded(job, 2);
        }
        // Fewer than a hundred of its own: the ledger has the others, with a state or without.
        try (RunningCommitter job = start(null)) {
            job.rejects(60, 105);
            isFlooded(job, 1);
        }
        try (RunningCommitter job = start(state)) {
            job.rejects(60, 105);
            isFlooded(job, 2);
        }
        assertThat(lake.ledger().since(0)).hasSize(1);
    }

    @Test
    void whatIsOnlyInTheStateCountsToo() throws Exception {
        OperatorSubtaskState state;
        try (RunningCommitter job = start(null)) {
            job.rejects(0, 60);
            state = job.barrier(1);
            job.kill();
        }
        assertThat(lake.ledger().since(0)).isEmpty();
        try (RunningCommitter job = start(state)) {
            job.rejects(60, 105);
            isFlooded(job, 2);
        }
    }

    @Test
    void aStartThatHasMendedItGoesOn() throws Exception {
        try (RunningCommitter job = start(null)) {
            job.rejects(0, 90);
            commits(job, 1);
            job.rejects(90, 210);
            isFlooded(job, 2);
        }
        try (RunningCommitter job = start(null)) {
            job.reads(90, 210);
            commits(job, 1);
            assertThat(lake.ledger().since(0)).hasSize(2);
            assertThat(lake.rows(FakeLake.QUARANTINE)).hasSize(90);
        }
    }

    /** The way out that the message names, and back. */
    @Test
    void whatWasLetThroughOnceEndsNoStartUnderTheOldShare() throws Exception {
        try (RunningCommitter job = RunningCommitter.start(lake, lake.ledger().claimRun())) {
            job.rejects(0, 1_000);
            commits(job, 1);
        }
        try (RunningCommitter job = start(null)) {
            // Beside what was let through this would be 1,060 of 1,120.
            job.reads(1_000, 1_060);
            job.rejects(1_060, 1_120);
            commits(job, 1);
            assertThat(lake.ledger().since(0)).hasSize(2);
        }
    }

    @Test
    void whatTheLedgerHasOfBeforeTheSpanDoesNotCount() throws Exception {
        try (RunningCommitter job = start(null)) {
            job.rejects(0, 60);
            commits(job, 1);
        }
        try (RunningCommitter job = start(null)) {
            // The ledger's epochs are of the beginning of time.
            job.isNow(Duration.ofMinutes(11).toMillis());
            job.rejects(60, 105);
            commits(job, 1);
            assertThat(lake.ledger().since(0)).hasSize(2);
        }
    }

    @Test
    void aJobWhoseFileSaysNothingOfItGoesOn() throws Exception {
        try (RunningCommitter job = RunningCommitter.start(lake, lake.ledger().claimRun())) {
            job.rejects(0, 1_000);
            commits(job, 1);
            assertThat(lake.rows(FakeLake.QUARANTINE)).hasSize(1_000);
        }
    }
}

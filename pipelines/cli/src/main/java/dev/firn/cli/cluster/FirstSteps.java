package dev.firn.cli.cluster;

import dev.firn.cli.run.Observer;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteFailure;
import dev.firn.flink.session.RemoteJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits until a job that was just submitted has come as far as somebody wants it, and says what keeps it from that. */
public final class FirstSteps {

    /** How far. */
    public enum Goal {
        /** All of it runs. */
        RUNS,
        /** It has made a checkpoint, too: each of its parts has worked, and what it wrote can be taken to tables. */
        CHECKPOINT;

        private boolean isReached(RemoteJob job, RemoteJob.State state) {
            return state.runs()
                    && (this == RUNS || job.checkpoints().completed().isPresent());
        }
    }

    private static final Duration LOOK = Duration.ofMillis(300);

    /** The job is there whether an answer gets lost or not. */
    private static final Duration STUMBLE = Duration.ofSeconds(60);

    private final RemoteJob job;
    private final Observer observer;
    private final Duration patience;
    private final Goal goal;
    private Instant told = Instant.MIN;
    private boolean runs;

    public FirstSteps(RemoteJob job, Observer observer, Duration patience) {
        this(job, observer, patience, Goal.RUNS);
    }

    public FirstSteps(RemoteJob job, Observer observer, Duration patience, Goal goal) {
        this.job = job;
        this.observer = observer;
        this.patience = patience;
        this.goal = goal;
    }

    /**
     * How the wait ended.
     *
     * @param reached whether it has come as far as it should
     * @param state what was seen last; empty where nothing ever was
     * @param away why nobody can say more, where the cluster has not answered for a while
     * @param failure why the job has ended; where it has not, why it has failed last, if it has
     */
    public record Outcome(
            boolean reached,
            Optional<RemoteJob.State> state,
            Optional<RemoteFailure> failure,
            Optional<ClusterAway> away) {

        private static Outcome of(RemoteJob.State state, Optional<RemoteFailure> failure) {
            return new Outcome(false, Optional.of(state), failure, Optional.empty());
        }

        /** Whether it is certain that the job is at its end. */
        public boolean isOver() {
            return away.isEmpty() && state.filter(RemoteJob.State::isOver).isPresent();
        }

        /** Whether somebody else has ended it: a job that can't go on by itself fails. */
        public boolean isEndedByAnother() {
            return isOver()
                    && state.filter(seen -> !seen.state().equals("FAILED")).isPresent();
        }

        /** Whether it is there, and fails again and again. */
        public boolean fails() {
            return away.isEmpty() && !reached && !isOver() && failure.isPresent();
        }
    }

    /** Returns when the job is as far, or has ended, or after the patience. */
    public Outcome await() throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        Instant answered = Instant.now();
        Optional<RemoteJob.State> seen = Optional.empty();
        while (true) {
            try {
                RemoteJob.State state = job.state();
                seen = Optional.of(state);
                if (goal.isReached(job, state)) {
                    return new Outcome(true, seen, Optional.empty(), Optional.empty());
                }
                if (goal == Goal.CHECKPOINT && state.runs() && !runs) {
                    runs = true;
                    observer.says(
                            "all of it runs; it has " + patience.toMinutes() + " minutes for its first checkpoint");
                }
                List<RemoteJob.Failed> failures = job.failures();
                if (state.isOver()) {
                    return Outcome.of(
                            state,
                            failures.stream().map(RemoteJob.Failed::failure).findFirst());
                }
                tell(failures);
                answered = Instant.now();
                if (answered.isAfter(end)) {
                    return Outcome.of(
                            state,
                            failures.stream().map(RemoteJob.Failed::failure).findFirst());
                }
            } catch (ClusterAway away) {
                if (Instant.now().isAfter(earlier(end, answered.plus(STUMBLE)))) {
                    return new Outcome(false, seen, Optional.empty(), Optional.of(away));
                }
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void tell(List<RemoteJob.Failed> failures) {
        failures.stream()
                .filter(failed -> failed.at().isAfter(told))
                .findFirst()
                .ifPresent(failed -> {
                    told = failed.at();
                    observer.says("the job has failed and starts again: "
                            + failed.failure().sentence());
                });
    }
}

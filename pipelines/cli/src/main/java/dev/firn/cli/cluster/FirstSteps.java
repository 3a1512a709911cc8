package dev.firn.cli.cluster;

import dev.firn.cli.run.Observer;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteFailure;
import dev.firn.flink.session.RemoteJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits until all of a job runs that was just submitted, and says what keeps it from that. */
public final class FirstSteps {

    private static final Duration LOOK = Duration.ofMillis(300);

    /** The job is there whether an answer gets lost or not. */
    private static final Duration STUMBLE = Duration.ofSeconds(15);

    private final RemoteJob job;
    private final Observer observer;
    private final Duration patience;
    private Instant told = Instant.MIN;

    public FirstSteps(RemoteJob job, Observer observer, Duration patience) {
        this.job = job;
        this.observer = observer;
        this.patience = patience;
    }

    /**
     * How the wait ended.
     *
     * @param state what was seen last; empty where nothing ever was
     * @param away why nobody can say more, where the cluster has not answered for a while
     * @param failure why the job has ended, if it has
     */
    public record Outcome(
            Optional<RemoteJob.State> state, Optional<RemoteFailure> failure, Optional<ClusterAway> away) {

        static Outcome of(RemoteJob.State state, Optional<RemoteFailure> failure) {
            return new Outcome(Optional.of(state), failure, Optional.empty());
        }
    }

    /** Returns when the job runs or has ended, or after the patience. */
    public Outcome await() throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        Instant answered = Instant.now();
        Optional<RemoteJob.State> seen = Optional.empty();
        while (true) {
            try {
                RemoteJob.State state = job.state();
                seen = Optional.of(state);
                if (state.runs()) {
                    return Outcome.of(state, Optional.empty());
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
                    return Outcome.of(state, Optional.empty());
                }
            } catch (ClusterAway away) {
                if (Instant.now().isAfter(earlier(end, answered.plus(STUMBLE)))) {
                    return new Outcome(seen, Optional.empty(), Optional.of(away));
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

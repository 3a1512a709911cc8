package dev.firn.cli.cluster;

import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteFailure;
import dev.firn.flink.session.RemoteJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a job, and waits until it has ended. An answer that gets lost is asked for again: a stop has a name, and Flink does each once.
 */
public final class StopOrder {

    private static final Duration LOOK = Duration.ofMillis(200);

    /** A job that has just started, or is between two attempts, can't make a savepoint at once; a cluster may stumble. */
    private static final Duration TRYING = Duration.ofSeconds(60);

    /** A savepoint takes as long as the slowest operator's barrier; a cluster that never answers must not keep us for ever. */
    private static final Duration ENDING = Duration.ofMinutes(10);

    private final RemoteJob job;
    private final Duration trying;
    private final Supplier<RemoteJob.Stopping> names;

    public StopOrder(RemoteJob job) {
        this(job, TRYING, RemoteJob.Stopping::named);
    }

    StopOrder(RemoteJob job, Duration trying, Supplier<RemoteJob.Stopping> names) {
        this.job = job;
        this.trying = trying;
        this.names = names;
    }

    /** What has become of the job. */
    public enum End {
        /** It has ended as it was told to. */
        STOPPED,
        /** It has ended by itself, before. */
        FAILED,
        /** It runs as before. */
        GOES_ON,
        /** It ends, and has not ended yet. */
        ENDING,
        /** Nobody answers who would know. */
        UNKNOWN
    }

    /**
     * How it ended.
     *
     * @param savepoint where it is, if there is one and the cluster has said so
     * @param complaint what is not as it was ordered
     * @param failure whose move it is then, where that is known
     */
    public record Outcome(End end, Optional<String> savepoint, String complaint, Optional<RemoteFailure.Kind> failure) {

        private static Outcome of(End end, String complaint) {
            return new Outcome(end, Optional.empty(), complaint, Optional.empty());
        }

        private static Outcome unknown(@Nullable String why) {
            return new Outcome(
                    End.UNKNOWN,
                    Optional.empty(),
                    "whether the job was stopped is not known: " + why + "; `firn status` tells when it answers again",
                    Optional.of(RemoteFailure.Kind.OUTSIDE));
        }
    }

    /** Stops it with a savepoint below a folder; a job that fails meanwhile says why it failed, not why it could not be stopped. */
    public Outcome stop(String folder) throws InterruptedException {
        Instant until = Instant.now().plus(trying);
        Instant last = until.plus(ENDING);
        RemoteJob.Stopping stopping = names.get();
        while (true) {
            Outcome notNow;
            try {
                job.stopWithSavepoint(stopping, folder);
                RemoteJob.Stopped stopped = stopped(stopping, ENDING);
                if (stopped.savepoint().isPresent()) {
                    return stopped(stopped.savepoint());
                }
                if (stopped.isForgotten()) {
                    // Another JobManager has the job, and has not heard of the order: the same one may be given again.
                    if (Instant.now().isAfter(last)) {
                        return goesOn("the cluster forgets the order each time");
                    }
                    until = Instant.now().plus(trying);
                    Thread.sleep(LOOK.toMillis());
                    continue;
                }
                if (stopped.failure().isEmpty()) {
                    return Outcome.of(End.ENDING, "the savepoint is still under way; `firn status` tells");
                }
                notNow = goesOn(stopped.failure().get().sentence());
                stopping = names.get();
            } catch (ClusterAway away) {
                notNow = away.isUnanswered() ? Outcome.unknown(away.getMessage()) : goesOn(away.getMessage());
            }
            try {
                Optional<Outcome> over = over(stopping);
                if (over.isPresent()) {
                    return over.get();
                }
            } catch (ClusterAway away) {
                notNow = Outcome.unknown(away.getMessage());
            }
            if (Instant.now().isAfter(until)) {
                return notNow;
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static Outcome goesOn(@Nullable String refusal) {
        return Outcome.of(End.GOES_ON, "the job makes no savepoint, and goes on: " + refusal);
    }

    private Outcome stopped(Optional<String> savepoint) throws InterruptedException {
        End end = awaitEnd();
        if (end == End.UNKNOWN) {
            return new Outcome(
                    End.UNKNOWN,
                    savepoint,
                    "the savepoint is made, and whether the job has ended nobody answers; `firn status` tells",
                    Optional.of(RemoteFailure.Kind.OUTSIDE));
        }
        return end == End.ENDING
                ? new Outcome(
                        End.ENDING,
                        savepoint,
                        "the savepoint is made, and the job has not ended yet; `firn status` tells",
                        Optional.empty())
                : new Outcome(End.STOPPED, savepoint, "", Optional.empty());
    }

    /** A job that is told to stop finishes; one that fails does not. */
    private Optional<Outcome> over(RemoteJob.Stopping stopping) throws InterruptedException {
        RemoteJob.State state = job.state();
        if (!state.isOver()) {
            return Optional.empty();
        }
        if (state.state().equals("FINISHED")) {
            return Optional.of(new Outcome(End.STOPPED, savepoint(stopping), "", Optional.empty()));
        }
        Optional<RemoteFailure> why =
                job.failures().stream().map(RemoteJob.Failed::failure).findFirst();
        return Optional.of(new Outcome(
                End.FAILED,
                Optional.empty(),
                "the job has ended (" + state.state() + ") while it was being stopped"
                        + why.map(failure -> ": " + failure.sentence()).orElse(""),
                why.map(RemoteFailure::kind)));
    }

    private Optional<String> savepoint(RemoteJob.Stopping stopping) throws InterruptedException {
        try {
            return stopped(stopping, trying).savepoint();
        } catch (ClusterAway forgotten) {
            return Optional.empty();
        }
    }

    private RemoteJob.Stopped stopped(RemoteJob.Stopping stopping, Duration patience) throws InterruptedException {
        Instant until = Instant.now().plus(patience);
        Instant answered = Instant.now();
        while (true) {
            try {
                RemoteJob.Stopped stopped = job.stopped(stopping);
                answered = Instant.now();
                if (stopped.savepoint().isPresent()
                        || stopped.failure().isPresent()
                        || stopped.isForgotten()
                        || answered.isAfter(until)) {
                    return stopped;
                }
            } catch (ClusterAway lost) {
                if (Instant.now().isAfter(answered.plus(trying))) {
                    throw lost;
                }
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Ends it at once. */
    public Outcome cancel() throws InterruptedException {
        Instant until = Instant.now().plus(trying);
        while (true) {
            try {
                job.cancel();
                break;
            } catch (ClusterAway lost) {
                if (!lost.isUnanswered() || Instant.now().isAfter(until)) {
                    throw lost;
                }
            }
            Thread.sleep(LOOK.toMillis());
        }
        return switch (awaitEnd()) {
            case UNKNOWN -> Outcome.unknown("the cluster does not answer");
            case ENDING -> Outcome.of(End.ENDING, "the job has not ended yet; `firn status` tells");
            default -> Outcome.of(End.STOPPED, "");
        };
    }

    /** One of {@code STOPPED}, {@code ENDING} and {@code UNKNOWN}. */
    private End awaitEnd() throws InterruptedException {
        Instant until = Instant.now().plus(ENDING);
        Instant answered = Instant.now();
        while (true) {
            try {
                if (job.state().isOver()) {
                    return End.STOPPED;
                }
                answered = Instant.now();
                if (answered.isAfter(until)) {
                    return End.ENDING;
                }
            } catch (ClusterAway lost) {
                if (Instant.now().isAfter(answered.plus(trying))) {
                    return End.UNKNOWN;
                }
            }
            Thread.sleep(LOOK.toMillis());
        }
    }
}

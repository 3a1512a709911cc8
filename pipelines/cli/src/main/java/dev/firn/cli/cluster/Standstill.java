package dev.firn.cli.cluster;

import dev.firn.cli.cluster.PipelineStatus.Job;
import dev.firn.flink.session.RemoteJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a job that runs gets nothing into the ledger although its sources have something.
 *
 * @param interval between two checkpoints
 */
record Standstill(RemoteJob job, Duration interval, Instant now) {

    /** Flink's metric of each reader: milliseconds since it has had nothing to hand on; 0 where it has. */
    private static final String IDLE = ".sourceIdleTime";

    private static final Duration LEAST = Duration.ofMinutes(2);
    private static final int INTERVALS = 10;

    /**
     * A sentence if so. A record may just have come to a topic in which nothing was for days, so an old ledger alone says nothing: either
     * no checkpoint is completed, or no reader reads.
     *
     * @param last when the ledger's newest epoch was written
     */
    Optional<String> of(Job running, Optional<Instant> last) {
        Instant quiet = now.minus(patience());
        Instant lastSign = last.filter(running.started()::isBefore).orElse(running.started());
        if (!lastSign.isBefore(quiet)) {
            return Optional.empty();
        }
        Instant completed = job.checkpoints()
                .completed()
                .filter(running.started()::isBefore)
                .orElse(running.started());
        if (completed.isBefore(quiet)) {
            return Optional.of("there are records to read, and no checkpoint was completed for " + ago(completed));
        }
        Optional<Duration> idle = idle();
        return idle.filter(time -> time.compareTo(patience()) > 0)
                .map(time -> "there are records to read, and no reader has read one for " + StatusText.span(time));
    }

    /** Some checkpoints, of which one or the other may fail. */
    private Duration patience() {
        Duration some = interval.multipliedBy(INTERVALS);
        return some.compareTo(LEAST) > 0 ? some : LEAST;
    }

    /** How long that reader has had nothing that has had something last. */
    private Optional<Duration> idle() {
        return job.metrics("", List.of(IDLE)).values().stream()
                .filter(value -> value.matches("\\d{1,18}"))
                .map(value -> Duration.ofMillis(Long.parseLong(value)))
                .min(Duration::compareTo);
    }

    private String ago(Instant then) {
        return StatusText.span(Duration.between(then, now));
    }
}

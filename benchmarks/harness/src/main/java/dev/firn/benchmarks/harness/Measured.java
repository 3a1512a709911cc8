package dev.firn.benchmarks.harness;

import java.util.List;

/**
 * What one process took.
 *
 * @param repetitions each time that it did the work; the first is the cold one
 * @param peakBytes the most memory that was resident
 * @param checkpointMillis how long each checkpoint took, where there are some
 * @param commitMillis how long each commit to a table took
 */
public record Measured(
        List<Repetition> repetitions, long peakBytes, List<Double> checkpointMillis, List<Double> commitMillis) {

    /**
     * The work, done once.
     *
     * @param cpuNanos user and system time of the process
     */
    public record Repetition(long cpuNanos, long wallNanos, long collectingMillis) {}

    public Measured {
        repetitions = List.copyOf(repetitions);
        checkpointMillis = List.copyOf(checkpointMillis);
        commitMillis = List.copyOf(commitMillis);
    }

    Repetition cold() {
        return repetitions.get(0);
    }

    /** The last. */
    Repetition warm() {
        return repetitions.get(repetitions.size() - 1);
    }
}

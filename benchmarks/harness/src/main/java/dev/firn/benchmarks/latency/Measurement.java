package dev.firn.benchmarks.latency;

import dev.firn.benchmarks.harness.Contender;
import java.util.Optional;

/**
 * What came out for one contender and one interval of commits.
 *
 * @param all records of the measured time, from their creation until they were seen in the table
 * @param snapshots how many the table got in the measured time
 * @param missing how many records of it were never seen
 * @param own what the contender says itself, if it does
 */
record Measurement(
        Contender contender, int intervalSeconds, Percentiles all, int snapshots, int missing, Optional<Own> own) {

    /** What a poll may see too late, with the answer of the file system. */
    private static final long LOOK_MILLIS = 100;

    private static final double ERROR = 0.05;

    /**
     * A contender's own figures beside what was seen of the same rows.
     *
     * @param told by it, of the rows of the minute before it was asked
     * @param seen in that minute
     */
    record Own(Percentiles told, Percentiles seen) {

        /** Within what its buckets, our looking and a commit at the edge of the minute make of it. */
        boolean agrees(int intervalSeconds) {
            return close(told.p50(), seen.p50(), intervalSeconds)
                    && close(told.p90(), seen.p90(), intervalSeconds)
                    && close(told.p99(), seen.p99(), intervalSeconds);
        }

        private static boolean close(long told, long seen, int intervalSeconds) {
            return Math.abs(told - seen) <= ERROR * (seen + intervalSeconds * 1_000L) + LOOK_MILLIS;
        }
    }

    boolean isGood() {
        return missing == 0
                && own.map(figures -> figures.agrees(intervalSeconds)).orElse(true);
    }
}

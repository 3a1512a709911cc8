package dev.firn.benchmarks.latency;

import java.util.Arrays;

/**
 * What latencies are like, in milliseconds.
 *
 * @param records of how many this is told; without any the rest is -1
 */
record Percentiles(int records, long p50, long p90, long p99, long max) {

    static Percentiles of(long[] latencies) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted.length, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 1));
    }

    private static long at(long[] sorted, double part) {
        return sorted.length == 0 ? -1 : sorted[(int) Math.ceil(sorted.length * part) - 1];
    }
}

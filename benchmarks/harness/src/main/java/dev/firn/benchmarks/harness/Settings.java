package dev.firn.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How to measure.
 *
 * @param home Firn's
 * @param folder for everything that is written on the way
 * @param rounds how many processes each contender gets for each workload, one after the other with those of the others
 * @param repetitions how often the work is done in one process
 * @param commitInterval between checkpoints
 * @param limitSeconds how long a process may take
 * @param profiling whether each contender gets one process more, which is profiled and does not count
 */
public record Settings(
        Path home,
        Path folder,
        Set<Contender> contenders,
        int rounds,
        int repetitions,
        Duration commitInterval,
        long seed,
        long limitSeconds,
        Profiling profiling) {

    /** Whether there is a profile. */
    public enum Profiling {
        NONE,
        AFTERWARDS
    }

    public Settings {
        contenders = Set.copyOf(contenders);
    }
}

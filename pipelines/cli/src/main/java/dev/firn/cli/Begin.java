package dev.firn.cli;

import java.util.Optional;

/**
 * How a file began that a stopped pipeline was to go on by.
 *
 * @param job which it runs as, or was handed over as
 * @param exitCode what its own complaint comes to, which has been said
 */
record Begin(Now now, Optional<String> job, int exitCode) {

    /** Where that leaves the pipeline. */
    enum Now {
        /** It runs, and has made a checkpoint. */
        RUNS,
        /** The cluster has it, and it is not as far. */
        COMING,
        /** Nothing of it runs, for certain. */
        DOWN,
        /** It was there, and somebody else has ended it, or runs the pipeline meanwhile. */
        ANOTHERS,
        /** Nobody knows whether the cluster has it. */
        UNKNOWN
    }

    static Begin of(Now now, int exitCode) {
        return new Begin(now, Optional.empty(), exitCode);
    }
}

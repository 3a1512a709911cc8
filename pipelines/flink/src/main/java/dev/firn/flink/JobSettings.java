package dev.firn.flink;

import dev.firn.spi.source.StartPositions;

/**
 * What a submission adds to a plan.
 *
 * @param run the number claimed in the ledger
 * @param startPositions the ledger's positions: where to start without state, how far to move forward with it
 */
public record JobSettings(long run, StartPositions startPositions, Restarts restarts) {

    /** What happens after a failure. */
    public enum Restarts {
        /** The job ends with the reason; for tests. */
        NEVER,
        /** A few times in a while, then the job ends: a fault that stays would restart for ever, in silence. */
        BOUNDED
    }
}

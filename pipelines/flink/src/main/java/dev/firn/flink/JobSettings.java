package dev.firn.flink;

import dev.firn.spi.source.StartPositions;
import java.time.Duration;

/**
 * What a submission adds to a plan.
 *
 * @param run the number claimed in the ledger
 * @param startPositions the ledger's positions: where to start without state, how far to move forward with it
 */
public record JobSettings(long run, StartPositions startPositions, Restarts restarts) {

    /**
     * What happens after a failure: a few times in a while the job starts again, then it ends, for a fault that stays
     * would restart for ever, in silence.
     *
     * @param failures how many within {@code within} end the job; a TaskManager that dies is one
     * @param pause before the job starts again
     */
    public record Restarts(int failures, Duration within, Duration pause) {

        /** What production has. */
        public static final Restarts BOUNDED = new Restarts(5, Duration.ofMinutes(10), Duration.ofSeconds(5));

        /** The job ends with the first failure; for tests. */
        public static final Restarts NEVER = new Restarts(1, Duration.ofMinutes(10), Duration.ZERO);

        public Restarts {
            if (failures < 1) {
                throw new IllegalArgumentException("a job that ends before it has failed can't be started");
            }
        }
    }
}

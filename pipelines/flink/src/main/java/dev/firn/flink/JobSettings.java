package dev.firn.flink;

import dev.firn.flink.write.StartTimes;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.source.StartPositions;
import java.time.Duration;
import java.util.List;

/**
 * What a submission adds to a plan.
 *
 * @param run the number claimed in the ledger
 * @param startPositions the ledger's positions: where to start without state, how far to move forward with it
 * @param schemas that records were read with before, as the ledger knows them
 * @param newest event times of what was read before, where the plan has tables for which rows may be late
 */
public record JobSettings(
        long run, StartPositions startPositions, List<UsedSchema> schemas, StartTimes newest, Restarts restarts) {

    public JobSettings {
        schemas = List.copyOf(schemas);
    }

    /** The same for sources that may have lost what was read before. */
    public JobSettings lettingLastRecordsGo() {
        return new JobSettings(run, startPositions.lettingGo(), schemas, newest, restarts);
    }

    /** Of a pipeline whose ledger knows no schemas. */
    public JobSettings(long run, StartPositions startPositions, Restarts restarts) {
        this(run, startPositions, List.of(), StartTimes.NONE, restarts);
    }

    /**
     * What happens after a failure: a few times in a while the job starts again, then it ends, for a fault that stays
     * would restart for ever, in silence.
     *
     * @param most how many times within {@code within}; the failure after that ends the job
     * @param pause before the job starts again
     */
    public record Restarts(int most, Duration within, Duration pause) {

        /** What production has. */
        public static final Restarts BOUNDED = new Restarts(5, Duration.ofMinutes(10), Duration.ofSeconds(5));

        /** The job ends with the first failure; for tests. */
        public static final Restarts NEVER = new Restarts(0, Duration.ofMinutes(10), Duration.ZERO);

        public Restarts {
            if (most < 0) {
                throw new IllegalArgumentException("a job can't start again " + most + " times");
            }
        }
    }
}

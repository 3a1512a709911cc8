package dev.firn.cli;

import dev.firn.flink.commit.RollForward;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A replay that may have been under way and is ended, as claiming a run ends one; what it has written ahead is in its tables.
 *
 * @param run the run that was claimed of it; 0 where nobody has ever put anything back
 */
public record EndedReplay(Lake pipeline, long run) {

    /**
     * Ends one.
     *
     * @param wanted tables that have to have what was written ahead for them
     * @throws RuntimeException the reason why one of these can't be committed to
     */
    public static EndedReplay of(Lake pipeline, Predicate<TableName> wanted) throws InterruptedException {
        Optional<Lake> replay = pipeline.replayIfAny();
        if (replay.isEmpty()) {
            return new EndedReplay(pipeline, 0);
        }
        long run = replay.get().ledger().claimRun();
        for (RollForward.OpenTable open : new RollForward(replay.get()).run()) {
            if (wanted.test(open.table())) {
                throw open.reason();
            }
        }
        return new EndedReplay(pipeline, run);
    }

    /** Whether somebody has begun another one since. */
    public boolean hasBegunAgain() {
        return pipeline.replayIfAny()
                .filter(replay -> replay.ledger().read().lastRun() != run)
                .isPresent();
    }
}

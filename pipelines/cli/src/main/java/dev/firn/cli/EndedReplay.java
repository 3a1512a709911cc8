package dev.firn.cli;

import dev.firn.flink.commit.RollForward;
import dev.firn.spi.sink.Lake;
import java.util.Optional;

/** Ends a replay that may be under way, as claiming a run ends one, and takes what it has written ahead to its tables. */
public final class EndedReplay {

    private EndedReplay() {}

    /** @throws RuntimeException the reason why a table can't be committed to */
    public static void of(Lake pipeline) throws InterruptedException {
        Optional<Lake> replay = pipeline.replayIfAny();
        if (replay.isPresent()) {
            replay.get().ledger().claimRun();
            for (RollForward.OpenTable open : new RollForward(replay.get()).run()) {
                throw open.reason();
            }
        }
    }
}

package dev.firn.spi.ledger;

import java.io.Serializable;
import java.util.List;

/**
 * Everything between two barriers that the committer has seen; an aborted checkpoint merges into the next.
 *
 * @param number 1 for the pipeline's first, then one more each, over all runs
 * @param run the run that read it
 * @param checkpoint Flink's id, which starts anew where there is no state
 * @param progress sorted by split, one line a split that moved
 * @param outcomes sorted, one line for each (split, outcome, table, reason)
 * @param schemas that the ledger is told of with it
 */
public record Epoch(
        long number,
        long run,
        String planHash,
        long checkpoint,
        List<SplitProgress> progress,
        List<OutcomeCount> outcomes,
        List<StagedFiles> staged,
        LedgerSchemas schemas)
        implements Serializable {

    public Epoch {
        progress = List.copyOf(progress);
        outcomes = List.copyOf(outcomes);
        staged = List.copyOf(staged);
    }

    /** One that has met no schema which is new to the ledger. */
    public Epoch(
            long number,
            long run,
            String planHash,
            long checkpoint,
            List<SplitProgress> progress,
            List<OutcomeCount> outcomes,
            List<StagedFiles> staged) {
        this(number, run, planHash, checkpoint, progress, outcomes, staged, LedgerSchemas.NONE);
    }
}

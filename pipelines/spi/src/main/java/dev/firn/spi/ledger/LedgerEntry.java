package dev.firn.spi.ledger;

import java.io.Serializable;
import java.util.List;

/**
 * What one operator instance counted since its last barrier; sent in band, right before the barrier.
 *
 * @param schemas that it has met since then, and at its first barrier those that it started with
 */
public record LedgerEntry(
        String operator,
        int subtask,
        List<SplitProgress> progress,
        List<OutcomeCount> outcomes,
        List<StagedFiles> staged,
        LedgerSchemas schemas)
        implements Serializable {

    public LedgerEntry {
        progress = List.copyOf(progress);
        outcomes = List.copyOf(outcomes);
        staged = List.copyOf(staged);
    }

    /** Of an operator that meets none. */
    public LedgerEntry(
            String operator,
            int subtask,
            List<SplitProgress> progress,
            List<OutcomeCount> outcomes,
            List<StagedFiles> staged) {
        this(operator, subtask, progress, outcomes, staged, LedgerSchemas.NONE);
    }
}

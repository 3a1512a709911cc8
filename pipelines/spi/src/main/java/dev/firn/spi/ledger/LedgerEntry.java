package dev.firn.spi.ledger;

import java.io.Serializable;
import java.util.List;

/** What one operator instance counted since its last barrier; sent in band, right before the barrier. */
public record LedgerEntry(
        String operator,
        int subtask,
        List<SplitProgress> progress,
        List<OutcomeCount> outcomes,
        List<StagedFiles> staged)
        implements Serializable {

    public LedgerEntry {
        progress = List.copyOf(progress);
        outcomes = List.copyOf(outcomes);
        staged = List.copyOf(staged);
    }
}

package dev.firn.spi.ledger;

import java.io.Serializable;
import java.util.List;

/**
 * What one operator instance counted since its last barrier; sent in band, right before the barrier.
 *
 * @param schemas that it has met since then, and at its first barrier those that it started with
 * @param ages of the rows in what is staged, a line a table; for metrics, no part of an epoch
 */
public record LedgerEntry(
        String operator,
        int subtask,
        List<SplitProgress> progress,
        List<OutcomeCount> outcomes,
        List<StagedFiles> staged,
        LedgerSchemas schemas,
        List<RecordAges> ages)
        implements Serializable {

    public LedgerEntry {
        progress = List.copyOf(progress);
        outcomes = List.copyOf(outcomes);
        staged = List.copyOf(staged);
        ages = List.copyOf(ages);
    }

    /** Of an operator that writes nothing. */
    public LedgerEntry(
            String operator,
            int subtask,
            List<SplitProgress> progress,
            List<OutcomeCount> outcomes,
            List<StagedFiles> staged,
            LedgerSchemas schemas) {
        this(operator, subtask, progress, outcomes, staged, schemas, List.of());
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

package dev.firn.spi.sink;

import dev.firn.spi.ledger.StagedFiles;
import java.util.List;

/**
 * What one epoch staged for one table.
 *
 * @param planHash of the plan that it was read under; empty where nobody says so
 */
public record StagedEpoch(long run, long epoch, String planHash, List<StagedFiles> files) {

    public StagedEpoch {
        files = List.copyOf(files);
    }

    /** Of no plan in particular. */
    public StagedEpoch(long run, long epoch, List<StagedFiles> files) {
        this(run, epoch, "", files);
    }

    /** Of the same epoch, other files. */
    public StagedEpoch with(List<StagedFiles> others) {
        return new StagedEpoch(run, epoch, planHash, others);
    }

    /** Whether there are rows, or deletes of rows, among its files. */
    public boolean changesRows() {
        return files.stream().anyMatch(StagedFiles::changeRows);
    }

    public long records() {
        return files.stream().mapToLong(StagedFiles::records).sum();
    }

    public long bytes() {
        return files.stream().mapToLong(StagedFiles::bytes).sum();
    }
}

package dev.firn.spi.sink;

import dev.firn.spi.ledger.StagedFiles;
import java.util.List;

/** What one epoch staged for one table. */
public record StagedEpoch(long run, long epoch, List<StagedFiles> files) {

    public StagedEpoch {
        files = List.copyOf(files);
    }

    public long records() {
        return files.stream().mapToLong(StagedFiles::records).sum();
    }

    public long bytes() {
        return files.stream().mapToLong(StagedFiles::bytes).sum();
    }
}

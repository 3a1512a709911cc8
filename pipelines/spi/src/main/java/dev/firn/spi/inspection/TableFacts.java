package dev.firn.spi.inspection;

import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table in a line.
 *
 * @param rows in data files, those included that delete files take away
 * @param bytes of data files and of delete files
 * @param lastCommit empty where nothing was ever committed
 * @param pipelines that have written to it, by what it says itself; sorted
 */
public record TableFacts(
        TableName table,
        long rows,
        long dataFiles,
        long deleteFiles,
        long bytes,
        int snapshots,
        Optional<Instant> lastCommit,
        List<String> pipelines) {

    public TableFacts {
        pipelines = List.copyOf(pipelines);
    }
}

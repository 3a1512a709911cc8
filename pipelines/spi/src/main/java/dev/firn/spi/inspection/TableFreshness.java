package dev.firn.spi.inspection;

import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * How old a table's news is.
 *
 * @param lastCommit that brought rows; empty where there was none, or it has expired
 * @param notAfter where it has expired: it was then at the latest
 * @param column whose greatest value is the newest event; empty where no column is known to say it
 * @param newestEvent empty where files do not say it
 */
public record TableFreshness(
        TableName table,
        Optional<Instant> lastCommit,
        Optional<Instant> notAfter,
        Optional<String> column,
        Optional<Instant> newestEvent) {

    /** When rows came last, as far as is known. */
    public Optional<Instant> lastRows() {
        return lastCommit.or(() -> notAfter);
    }
}

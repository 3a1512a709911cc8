package dev.firn.connector.iceberg;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a table must not go, because a pipeline may still ask for it.
 *
 * @param pipelines that have written to the table, or are about to; sorted
 * @param snapshots the last of each, and what rewinds that are under way go back to
 * @param files staged for the table, and not yet in it, as far as ledgers tell
 * @param filesSince a pipeline that has written nothing to its ledger since then may go on from a savepoint with files that it has
 *     closed since, and that its ledger does not know yet; empty where no pipeline writes to the table
 * @param waitsElsewhere whether some of what is staged is not in the table's location: copies of it may be there, ready for a commit, that no
 *     ledger knows
 */
public record PipelineNeeds(
        List<String> pipelines,
        Set<Long> snapshots,
        Set<String> files,
        Optional<Instant> filesSince,
        boolean waitsElsewhere) {

    public PipelineNeeds {
        pipelines = List.copyOf(pipelines);
        snapshots = Set.copyOf(snapshots);
        files = Set.copyOf(files);
    }

    /** It can't be told what a pipeline needs; the message is a sentence without a beginning. */
    public static final class Unknown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }
}

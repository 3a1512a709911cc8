package dev.firn.spi.maintenance;

import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was done to a table, or would be.
 *
 * @param compacted empty where it was not asked for, or refused; so are the next two
 * @param refused why something that was asked for was not done, a sentence each
 * @param notes what holds things back that would have gone otherwise, a sentence each
 */
public record TableUpkeep(
        TableName table,
        Optional<Compacted> compacted,
        Optional<Expired> expired,
        Optional<Orphans> orphans,
        List<String> refused,
        List<String> notes,
        Duration took) {

    /**
     * What a snapshot holds.
     *
     * @param bytes of data files
     */
    public record Size(long dataFiles, long bytes, long deleteFiles) {}

    /**
     * Files that were rewritten.
     *
     * @param after as before, where nothing is changed
     * @param groups of files that are rewritten as one
     * @param files in those groups
     * @param conflicts groups that somebody else has changed meanwhile, after the last attempt
     */
    public record Compacted(Size before, Size after, int groups, long files, int conflicts) {}

    /**
     * Snapshots that went.
     *
     * @param before how many there were
     * @param files that only those needed
     * @param bytes of these, as far as manifests say
     */
    public record Expired(int before, int snapshots, long files, long bytes) {}

    /** Files that nothing knows. */
    public record Orphans(long files, long bytes) {}

    public TableUpkeep {
        refused = List.copyOf(refused);
        notes = List.copyOf(notes);
    }

    /** Whether all was done that was asked for. */
    public boolean isWhole() {
        return refused.isEmpty()
                && compacted.filter(done -> done.conflicts() > 0).isEmpty();
    }
}

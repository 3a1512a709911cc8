package dev.firn.spi.inspection;

import dev.firn.spi.schema.TableName;
import java.util.List;

/**
 * What came of looking through a table.
 *
 * @param looked how many files of each kind were looked at
 * @param findings in the order in which they came up: metadata, manifest lists, manifests, data
 * @param unasked files that could not be looked at
 */
public record TableCheck(TableName table, Looked looked, List<Finding> findings, List<Unasked> unasked) {

    /**
     * @param manifestLists that could be read
     * @param footers data files whose end was read
     * @param uncounted snapshots that do not say how many files they have, so that a manifest list that has lost its end does not show
     */
    public record Looked(int snapshots, int manifestLists, int manifests, long files, long footers, int uncounted) {}

    /**
     * Something is not as it should be.
     *
     * @param kind a stable name, such as {@code missing-data-file}
     * @param path of the file
     * @param problem what was found, in words
     * @param meaning what that does to whoever reads the table
     * @param snapshots that can't be read whole any more, oldest first
     * @param isNow whether the current snapshot is among them
     * @param refs other branches than the main one, and tags, that are at one of them
     */
    public record Finding(
            String kind,
            String path,
            String problem,
            String meaning,
            List<Long> snapshots,
            boolean isNow,
            List<String> refs) {

        public Finding {
            snapshots = List.copyOf(snapshots);
            refs = List.copyOf(refs);
        }
    }

    /** A file of which the storage did not say whether it is there, and why. */
    public record Unasked(String path, String why) {}

    public TableCheck {
        findings = List.copyOf(findings);
        unasked = List.copyOf(unasked);
    }

    /** Whether there is all that could be looked at. */
    public boolean isWhole() {
        return findings.isEmpty();
    }
}

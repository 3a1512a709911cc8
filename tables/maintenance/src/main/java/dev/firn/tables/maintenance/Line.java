package dev.firn.tables.maintenance;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that one comes from.
 *
 * @param snapshots from it back to the oldest that is left
 */
record Line(List<Snapshot> snapshots) {

    /** Of the table's head. */
    static Line of(TableMetadata metadata) {
        return of(metadata, metadata.currentSnapshot());
    }

    static Line of(TableMetadata metadata, @Nullable Snapshot head) {
        List<Snapshot> line = new ArrayList<>();
        Snapshot at = head;
        while (at != null) {
            line.add(at);
            Long parent = at.parentId();
            at = parent == null ? null : metadata.snapshot(parent);
        }
        return new Line(line);
    }

    boolean contains(long snapshot) {
        return snapshots.stream().anyMatch(one -> one.snapshotId() == snapshot);
    }
}

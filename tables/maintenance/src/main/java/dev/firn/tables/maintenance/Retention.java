package dev.firn.tables.maintenance;

import dev.firn.spi.maintenance.MaintenanceRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/**
 * Which snapshots may go.
 *
 * @param needed of pipelines; a snapshot between one of these and a branch's head stays as well, for a pipeline that does not find its last
 *     commit in the line of the head, and finds it elsewhere in the table, must take the table for rolled back
 */
record Retention(MaintenanceRequest.Expiry expiry, Instant now, Set<Long> needed) {

    Retention {
        needed = Set.copyOf(needed);
    }

    Set<Long> expired(TableMetadata metadata) {
        Set<Long> kept = new HashSet<>();
        Set<Long> inLine = new HashSet<>();
        for (SnapshotRef ref : metadata.refs().values()) {
            Line line = Line.of(metadata, metadata.snapshot(ref.snapshotId()));
            if (ref.isTag()) {
                kept.add(ref.snapshotId());
            } else {
                line.snapshots().forEach(snapshot -> inLine.add(snapshot.snapshotId()));
                line.snapshots()
                        .subList(0, kept(line.snapshots(), ref))
                        .forEach(snapshot -> kept.add(snapshot.snapshotId()));
            }
        }
        Set<Long> expired = new HashSet<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            long id = snapshot.snapshotId();
            boolean stays = kept.contains(id)
                    || needed.contains(id)
                    || (!inLine.contains(id)
                            && isYoung(snapshot, expiry.olderThan().toMillis()));
            if (!stays) {
                expired.add(id);
            }
        }
        return expired;
    }

    /** How many of a branch's line stay, from its head on: all up to the oldest that has to. */
    private int kept(List<Snapshot> line, SnapshotRef branch) {
        int atLeast = Math.max(expiry.keep(), branch.minSnapshotsToKeep() == null ? 1 : branch.minSnapshotsToKeep());
        long age = Math.max(
                expiry.olderThan().toMillis(), branch.maxSnapshotAgeMs() == null ? 0 : branch.maxSnapshotAgeMs());
        int kept = Math.min(atLeast, line.size());
        for (int at = kept; at < line.size(); at++) {
            if (isYoung(line.get(at), age) || needed.contains(line.get(at).snapshotId())) {
                kept = at + 1;
            }
        }
        return kept;
    }

    private boolean isYoung(Snapshot snapshot, long age) {
        return snapshot.timestampMillis() >= now.toEpochMilli() - age;
    }
}

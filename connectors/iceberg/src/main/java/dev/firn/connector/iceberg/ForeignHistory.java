package dev.firn.connector.iceberg;

import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRecount.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that a table's head comes from, told apart by whose they are.
 *
 * @param own sequence numbers of the pipeline's: files name the one that added them
 * @param foreign sequence numbers of the others
 */
record ForeignHistory(Set<Long> own, Set<Long> foreign, History history) {

    static ForeignHistory of(TableMetadata metadata, TableMarks marks) {
        Set<Long> own = new HashSet<>();
        Set<Long> foreign = new HashSet<>();
        List<ForeignSnapshot> changes = new ArrayList<>();
        Snapshot oldest = null;
        for (Snapshot at = metadata.currentSnapshot(); at != null; at = TableMarks.parent(metadata, at)) {
            oldest = at;
            if (marks.isOwn(at)) {
                own.add(at.sequenceNumber());
            } else {
                foreign.add(at.sequenceNumber());
                changes.add(change(at));
            }
        }
        Collections.reverse(changes);
        return new ForeignHistory(own, foreign, new History(changes, oldest == null || oldest.parentId() == null));
    }

    static ForeignSnapshot change(Snapshot snapshot) {
        String operation = snapshot.operation();
        return new ForeignSnapshot(
                snapshot.snapshotId(),
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                operation == null ? DataOperations.OVERWRITE : operation,
                number(snapshot.summary(), SnapshotSummary.ADDED_RECORDS_PROP),
                number(snapshot.summary(), SnapshotSummary.DELETED_RECORDS_PROP));
    }

    /** A number of a summary, which old snapshots may lack. */
    static long number(@Nullable Map<String, String> summary, String property) {
        return summary == null ? 0 : Long.parseLong(summary.getOrDefault(property, "0"));
    }
}

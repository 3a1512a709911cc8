package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.CommitGuard;
import dev.firn.connector.iceberg.CommitUnconfirmed;
import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.connector.iceberg.PipelineNeeds;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.schema.TableName;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/** Expires snapshots, and deletes the files that only those needed. */
record Expiration(MaintainedLake lake, TableName table, MaintenanceRequest.Expiry expiry, Clock clock) {

    private static final int ATTEMPTS = 6;

    /** What would go. */
    TableUpkeep.Expired rehearse(Consumer<String> notes) {
        PipelineNeeds needs = lake.needs(table);
        Table now = lake.load(table);
        TableMetadata metadata = TableLock.metadata(now);
        Retention retention = new Retention(expiry, clock.instant(), needs.snapshots());
        Set<Long> ids = retention.expired(metadata);
        note(metadata, ids, needs, notes);
        if (ids.isEmpty()) {
            return new TableUpkeep.Expired(metadata.snapshots().size(), 0, 0, 0);
        }
        UnneededFiles files =
                UnneededFiles.of(now, metadata, metadata.removeSnapshotsIf(one -> ids.contains(one.snapshotId())));
        files.leave(needs.files());
        return new TableUpkeep.Expired(metadata.snapshots().size(), ids.size(), files.count(), files.bytes());
    }

    /**
     * Does it.
     *
     * @param refused is told what could not be done
     * @throws Refused if files are left that only expired snapshots needed
     */
    TableUpkeep.Expired run(TableLock lock, Consumer<String> notes, Consumer<String> refused) {
        for (int attempt = 1; ; attempt++) {
            PipelineNeeds needs = lake.needs(table);
            Retention retention = new Retention(expiry, clock.instant(), needs.snapshots());
            Table now = lake.load(table);
            TableMetadata before = TableLock.metadata(now);
            Set<Long> ids = retention.expired(before);
            if (ids.isEmpty()) {
                note(before, ids, needs, notes);
                return new TableUpkeep.Expired(before.snapshots().size(), 0, 0, 0);
            }
            if (lock.renew()) {
                continue;
            }
            try {
                TableOperations guarded =
                        ((HasTableOperations) lake.guarded(now, new Guard(lock, retention, ids))).operations();
                guarded.commit(before, before.removeSnapshotsIf(one -> ids.contains(one.snapshotId())));
            } catch (CommitUnconfirmed | Conflict again) {
                if (attempt >= ATTEMPTS) {
                    throw lake.failed("expire snapshots of table `" + table + "`", again);
                }
                Pause.before(attempt);
                // Where it has landed all the same, the files stay for whoever removes orphans.
                continue;
            }
            note(before, ids, needs, notes);
            Table later = lake.load(table);
            requireRefs(before, TableLock.metadata(later), ids);
            UnneededFiles files = UnneededFiles.of(later, before, TableLock.metadata(later));
            files.leave(needs.files());
            long left = files.delete(later);
            if (left > 0) {
                refused.accept(left + (left == 1 ? " file that" : " files that")
                        + " only expired snapshots needed could not be deleted");
            }
            return new TableUpkeep.Expired(before.snapshots().size(), ids.size(), files.count(), files.bytes());
        }
    }

    /**
     * A REST catalog compares nothing when snapshots go, and takes what names them with them. If somebody has set a branch or a tag to
     * one of them in the same moment, the files must stay that bring it back.
     */
    private static void requireRefs(TableMetadata before, TableMetadata after, Set<Long> ids) {
        for (Map.Entry<String, SnapshotRef> ref : before.refs().entrySet()) {
            if (!after.refs().containsKey(ref.getKey())
                    || after.snapshot(after.ref(ref.getKey()).snapshotId()) == null) {
                throw new Refused(
                        "`" + ref.getKey() + "` has gone from the table while snapshots expired, so their files are"
                                + " left: somebody else has set it, or removed it, in the same moment");
            }
        }
        if (after.refs().values().stream().anyMatch(ref -> ids.contains(ref.snapshotId()))) {
            throw new Refused("a snapshot that has expired is named by somebody else, so the files are left");
        }
    }

    /** Says what would have gone but for a pipeline. */
    private void note(TableMetadata metadata, Set<Long> ids, PipelineNeeds needs, Consumer<String> notes) {
        int more = new Retention(expiry, clock.instant(), Set.of())
                        .expired(metadata)
                        .size()
                - ids.size();
        if (more > 0) {
            notes.accept(more + (more == 1 ? " snapshot stays" : " snapshots stay") + " for the pipelines "
                    + String.join(", ", needs.pipelines()) + ": what they committed last is behind");
        }
    }

    /** Nothing that is needed goes, whatever was committed meanwhile. */
    private record Guard(TableLock lock, Retention retention, Set<Long> ids) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            lock.require(base);
            if (!retention.expired(base).containsAll(ids)) {
                throw new Conflict("a snapshot that was to go is needed by now");
            }
        }

        @Override
        public boolean landed(TableMetadata now) {
            return now.snapshots().stream().noneMatch(one -> ids.contains(one.snapshotId()));
        }
    }
}

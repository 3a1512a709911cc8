package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Compacts one table in rounds: a group of files that somebody else has changed meanwhile is planned anew in the next. Deletes that
 * concern nothing any more go at the end.
 */
record Compactor(MaintainedLake lake, TableName table, MaintenanceRequest.Compaction compaction, Work work) {

    private static final int ROUNDS = 3;

    /** What would be rewritten. */
    TableUpkeep.Compacted rehearse(Consumer<String> notes) {
        Table now = lake.load(table);
        FileGroups plan = FileGroups.of(now, compaction, work);
        note(plan, notes);
        TableUpkeep.Size size = FileSizes.of(now);
        return new TableUpkeep.Compacted(size, size, plan.groups().size(), plan.files(), 0);
    }

    /**
     * Does it.
     *
     * @param refused is told of groups that could not be read or written
     */
    TableUpkeep.Compacted run(
            TableLock lock, Consumer<String> progress, Consumer<String> notes, Consumer<String> refused) {
        Rewriting rewriting = new Rewriting(lake, table, lock);
        TableUpkeep.Size before = FileSizes.of(lake.load(table));
        int groups = 0;
        long files = 0;
        int conflicts = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            Table now = lake.load(table);
            FileGroups plan = FileGroups.of(now, compaction, work);
            if (!plan.groups().isEmpty() && lock.renew()) {
                now = lake.load(table);
                plan = FileGroups.of(now, compaction, work);
            }
            CompactionRound done = new CompactionRound(rewriting, now, plan, work);
            done.run(FileGroups.targetFileSize(now, compaction), progress);
            groups += done.groups();
            files += done.files();
            conflicts = done.conflicts();
            if (conflicts == 0 || round == ROUNDS) {
                note(plan, notes);
                done.failures().forEach(refused);
                break;
            }
        }
        removeDanglingDeletes(rewriting);
        return new TableUpkeep.Compacted(before, FileSizes.of(lake.load(table)), groups, files, conflicts);
    }

    private static void note(FileGroups plan, Consumer<String> notes) {
        plan.left()
                .forEach((why, count) -> notes.accept(
                        count + (count == 1 ? " file is" : " files are") + " left as they are, because " + why));
    }

    /** Where somebody else is in the way, the next run does it. */
    private void removeDanglingDeletes(Rewriting rewriting) {
        Table now = lake.load(table);
        Snapshot head = now.currentSnapshot();
        if (head != null) {
            List<DeleteFile> dangling = DanglingDeletes.of(now, head);
            if (!dangling.isEmpty()) {
                rewriting.commit(head.snapshotId(), rewrite -> dangling.forEach(rewrite::deleteFile));
            }
        }
    }
}

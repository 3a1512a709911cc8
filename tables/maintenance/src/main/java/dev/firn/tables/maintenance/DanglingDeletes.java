package dev.firn.tables.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Delete files that concern no data file of a snapshot. They concern none that comes later either: what is appended is newer than
 * they are, and what others rewrite meanwhile comes from files that they did not concern.
 */
final class DanglingDeletes {

    private DanglingDeletes() {}

    static List<DeleteFile> of(Table table, Snapshot head) {
        List<ManifestFile> manifests = head.deleteManifests(table.io());
        if (manifests.isEmpty()) {
            return List.of();
        }
        Set<String> concerning = new HashSet<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(head.snapshotId()).ignoreResiduals().planFiles()) {
            for (FileScanTask task : tasks) {
                task.deletes().forEach(delete -> concerning.add(delete.path().toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<DeleteFile> dangling = new ArrayList<>();
        for (ManifestFile manifest : manifests) {
            try (ManifestReader<DeleteFile> reader =
                    ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                for (DeleteFile delete : reader) {
                    if (!concerning.contains(delete.path().toString())) {
                        dangling.add(delete.copy());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return dangling;
    }
}

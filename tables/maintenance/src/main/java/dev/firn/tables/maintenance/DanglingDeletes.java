package dev.firn.tables.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

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
        NavigableSet<CharSequence> live = new TreeSet<>(Comparators.charSequences());
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(head.snapshotId()).ignoreResiduals().planFiles()) {
            for (FileScanTask task : tasks) {
                live.add(task.file().path().toString());
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
                    if (!concerning.contains(delete.path().toString()) || namesNone(delete, live)) {
                        dangling.add(delete.copy());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return dangling;
    }

    /** Iceberg's index takes positions for any file of the partition; the delete file's bounds say of which files they really are. */
    private static boolean namesNone(DeleteFile delete, NavigableSet<CharSequence> live) {
        if (delete.content() != FileContent.POSITION_DELETES
                || delete.lowerBounds() == null
                || delete.upperBounds() == null) {
            return false;
        }
        ByteBuffer lower = delete.lowerBounds().get(MetadataColumns.DELETE_FILE_PATH.fieldId());
        ByteBuffer upper = delete.upperBounds().get(MetadataColumns.DELETE_FILE_PATH.fieldId());
        if (lower == null || upper == null) {
            return false;
        }
        CharSequence first = Conversions.fromByteBuffer(Types.StringType.get(), lower);
        CharSequence last = Conversions.fromByteBuffer(Types.StringType.get(), upper);
        return isWhole(first)
                && isWhole(last)
                && live.subSet(first, true, last, true).isEmpty();
    }

    /** Some writers cut bounds short, and not all of them so that what is between them stays between them. */
    private static boolean isWhole(CharSequence path) {
        return FileFormat.fromFileName(path) != null;
    }
}

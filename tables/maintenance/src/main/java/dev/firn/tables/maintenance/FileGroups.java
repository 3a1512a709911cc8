package dev.firn.tables.maintenance;

import dev.firn.spi.maintenance.MaintenanceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.actions.SizeBasedDataRewriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.StructLikeMap;

/**
 * Which files of a snapshot are rewritten together: those of one partition that are too small, too large or too much deleted from, by Iceberg's own
 * rules. Files of an older partitioning stay in the partition that they have.
 *
 * @param snapshot that was read
 * @param sequence of it
 * @param left how many files are left that would be rewritten, by the reason, a sentence without a beginning
 */
record FileGroups(long snapshot, long sequence, List<List<FileScanTask>> groups, Map<String, Integer> left) {

    /** So many files of the size that they should have become one group: more of them can be rewritten at a time. */
    private static final long FILES_OF_A_GROUP = 8;

    /** Files that are in order are merged, and each of them is open. */
    private static final int MERGED_AT_ONCE = 50;

    static FileGroups of(Table table, MaintenanceRequest.Compaction compaction, Work work) {
        if (table.currentSnapshot() == null) {
            return new FileGroups(-1, 0, List.of(), Map.of());
        }
        Map<String, Integer> left = new TreeMap<>();
        RewritableFiles rewritable = new RewritableFiles(table, work);
        Map<Integer, StructLikeMap<List<FileScanTask>>> partitions = new TreeMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(table.currentSnapshot().snapshotId())
                .ignoreResiduals()
                .planFiles()) {
            for (FileScanTask task : tasks) {
                partitions
                        .computeIfAbsent(
                                task.spec().specId(),
                                spec -> StructLikeMap.create(task.spec().partitionType()))
                        .computeIfAbsent(task.file().partition(), partition -> new ArrayList<>())
                        .add(task);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Planner planner = new Planner(table, compaction);
        List<List<FileScanTask>> groups = new ArrayList<>();
        for (StructLikeMap<List<FileScanTask>> ofSpec : partitions.values()) {
            for (Map.Entry<StructLike, List<FileScanTask>> partition : ofSpec.entrySet()) {
                for (List<FileScanTask> group : planner.planFileGroups(partition.getValue())) {
                    List<FileScanTask> files = rewritable.of(group, left);
                    if (files.size() > 1 || group.size() == 1) {
                        groups.addAll(table.sortOrder().isSorted() ? merged(files, work) : List.of(files));
                    }
                }
            }
        }
        return new FileGroups(
                table.currentSnapshot().snapshotId(), table.currentSnapshot().sequenceNumber(), groups, left);
    }

    /** As many at a time as may be open; what is left alone is rewritten only if something is deleted from it. */
    private static List<List<FileScanTask>> merged(List<FileScanTask> group, Work work) {
        List<List<FileScanTask>> parts = new ArrayList<>();
        List<FileScanTask> part = new ArrayList<>();
        long open = 0;
        for (FileScanTask task : group) {
            long memory = RewritableFiles.memory(task);
            if (part.size() == MERGED_AT_ONCE || (!part.isEmpty() && open + memory > work.deletesInMemory())) {
                parts.add(part);
                part = new ArrayList<>();
                open = 0;
            }
            part.add(task);
            open += memory;
        }
        parts.add(part);
        return parts.stream()
                .filter(some -> some.size() > 1
                        || (!some.isEmpty()
                                && (group.size() == 1 || !some.get(0).deletes().isEmpty())))
                .map(List::copyOf)
                .toList();
    }

    long files() {
        return groups.stream().mapToLong(List::size).sum();
    }

    /** Iceberg's rules; it plans and rewrites nothing. */
    private static final class Planner extends SizeBasedDataRewriter {

        Planner(Table table, MaintenanceRequest.Compaction compaction) {
            super(table);
            long target = targetFileSize(table, compaction);
            init(Map.of(
                    TARGET_FILE_SIZE_BYTES, Long.toString(target),
                    MIN_INPUT_FILES, Integer.toString(compaction.smallFiles()),
                    DELETE_FILE_THRESHOLD, Integer.toString(compaction.deleteFiles()),
                    MAX_FILE_GROUP_SIZE_BYTES, Long.toString(Math.multiplyExact(target, FILES_OF_A_GROUP))));
        }

        @Override
        public String description() {
            return "PLAN";
        }

        @Override
        public Set<DataFile> rewrite(List<FileScanTask> group) {
            throw new IllegalStateException("our bug: the planner was asked to rewrite");
        }
    }

    /** How large files should become. */
    static long targetFileSize(Table table, MaintenanceRequest.Compaction compaction) {
        return compaction
                .targetFileSize()
                .orElseGet(() -> PropertyUtil.propertyAsLong(
                        table.properties(),
                        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT));
    }
}

package dev.firn.tables.maintenance;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Leaves out what can't be read and written anew so that surely the same rows come out. */
record RewritableFiles(Table table, Work work) {

    /** ORC needs libraries that Firn does not bring. */
    private static final Set<FileFormat> FORMATS = EnumSet.of(FileFormat.PARQUET, FileFormat.AVRO);

    /** What a row of a delete takes in memory beside its values. */
    private static final long BYTES_OF_A_DELETE = 200;

    /** The size of a group of rows, where a table does not say otherwise. */
    private static final long ROWS_AT_ONCE = 128L << 20;

    List<FileScanTask> of(List<FileScanTask> group, Map<String, Integer> left) {
        return group.stream()
                .filter(task -> {
                    Optional<String> obstacle = obstacle(task);
                    obstacle.ifPresent(why -> left.merge(why, 1, Integer::sum));
                    return obstacle.isEmpty();
                })
                .toList();
    }

    private Optional<String> obstacle(FileScanTask task) {
        if (!FORMATS.contains(task.file().format())) {
            return Optional.of("they are " + task.file().format());
        }
        for (DeleteFile delete : task.deletes()) {
            if (delete.content() == FileContent.EQUALITY_DELETES) {
                for (int id : delete.equalityFieldIds()) {
                    Optional<String> obstacle = obstacle(table.schema(), id);
                    if (obstacle.isPresent()) {
                        return obstacle;
                    }
                }
            }
        }
        return deletes(task) > work.deletesInMemory()
                ? Optional.of(
                        "the deletes that concern one of them don't fit in memory: give Firn a larger heap with FIRN_HEAP")
                : Optional.empty();
    }

    /** What the equality deletes of a file take in memory, about. */
    private static long deletes(FileScanTask task) {
        return task.deletes().stream()
                        .filter(delete -> delete.content() == FileContent.EQUALITY_DELETES)
                        .mapToLong(DeleteFile::recordCount)
                        .sum()
                * BYTES_OF_A_DELETE;
    }

    /** What a file takes in memory, about, while its rows are read: Parquet's reader holds a group of rows. */
    static long memory(FileScanTask task) {
        return deletes(task) + 2 * Math.min(task.file().fileSizeInBytes(), ROWS_AT_ONCE);
    }

    /** Iceberg's generic reader does not find the rows that a delete by a UUID means. */
    private static Optional<String> obstacle(Schema schema, int id) {
        Types.NestedField field = schema.findField(id);
        if (field == null) {
            return Optional.of("rows are deleted from them by a column that the table has not any more");
        }
        return field.type().typeId() == Type.TypeID.UUID
                ? Optional.of("rows are deleted from them by `" + schema.findColumnName(id) + "`, a UUID")
                : Optional.empty();
    }
}

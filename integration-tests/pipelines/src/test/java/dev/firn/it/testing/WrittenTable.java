package dev.firn.it.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** A table that a pipeline wrote, through Iceberg's own library. */
public record WrittenTable(Path folder, Table table) {

    /** The table of a stream in a hadoop catalog. */
    public static WrittenTable of(Pipeline pipeline, String stream) {
        Path folder = pipeline.lakeFolder().resolve(pipeline.name()).resolve(stream);
        return new WrittenTable(folder, new HadoopTables(new Configuration()).load(folder.toString()));
    }

    public List<NestedField> columns() {
        return table.schema().columns();
    }

    /** The partitions of the current snapshot's files, as their folders spell them. */
    public List<String> partitions() {
        return tasks().stream()
                .map(task -> table.spec().partitionToPath(task.file().partition()))
                .distinct()
                .sorted()
                .toList();
    }

    /** The data files of the current snapshot, which are the whole table as long as nothing is deleted from them. */
    public List<String> files() {
        return tasks().stream()
                .map(task -> task.file().path().toString().replaceFirst("^file:(//)?", ""))
                .toList();
    }

    /** What a maintenance job of somebody else does: all rows in one new file, and only the newest snapshot is left. */
    public void compactAndExpire() {
        GenericAppenderFactory appenders = new GenericAppenderFactory(table.schema(), table.spec());
        OutputFile target =
                table.io().newOutputFile(table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet"));
        DataWriter<Record> writer =
                appenders.newDataWriter(EncryptedFiles.plainAsEncryptedOutput(target), FileFormat.PARQUET, null);
        try (writer;
                CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            records.forEach(writer::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RewriteFiles rewrite = table.newRewrite();
        tasks().forEach(task -> rewrite.deleteFile(task.file()));
        rewrite.addFile(writer.toDataFile()).commit();
        table.expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1_000)
                .retainLast(1)
                .commit();
    }

    /** The rows, spelled canonically after a change to each value. */
    public List<Map<String, @Nullable Object>> rows(UnaryOperator<@Nullable Object> change) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (NestedField column : columns()) {
                    row.put(column.name(), Canonical.value(change.apply(record.getField(column.name()))));
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private List<FileScanTask> tasks() {
        try (CloseableIterable<FileScanTask> planned = table.newScan().planFiles()) {
            List<FileScanTask> tasks = new ArrayList<>();
            planned.forEach(tasks::add);
            if (tasks.stream().anyMatch(task -> !task.deletes().isEmpty())) {
                throw new IllegalStateException("the table has delete files: " + folder);
            }
            return tasks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

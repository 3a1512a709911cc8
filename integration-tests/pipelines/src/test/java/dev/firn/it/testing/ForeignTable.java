package dev.firn.it.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** A table as somebody else sees it, and works with it, past Firn and past any proxy. */
public record ForeignTable(Catalog catalog, TableIdentifier name) {

    /** What a commit of ours has in its summary. */
    private static final String WHO = "who";

    public static Catalog catalog(Map<String, String> properties) {
        return CatalogUtil.buildIcebergCatalog("firn", properties, new Configuration());
    }

    /** As it is now. */
    public Table load() {
        return catalog.loadTable(name);
    }

    /** Commits a file with one row. */
    public void append(long number) {
        Table table = load();
        table.newAppend()
                .appendFile(file(table, number))
                .set(WHO, "somebody else")
                .commit();
    }

    /** Commits a snapshot that adds nothing. */
    public void touch() {
        load().newAppend().set(WHO, "somebody else").commit();
    }

    /** Drops the table and makes one of the same name, columns and partitions. */
    public void makeAnew() {
        Table table = load();
        catalog.dropTable(name, false);
        catalog.createTable(name, table.schema(), table.spec());
    }

    /** How many commits on the branch are ours. */
    public long foreignCommits() {
        return ancestry().stream().filter(at -> at.summary().containsKey(WHO)).count();
    }

    public List<Snapshot> ancestry() {
        Table table = load();
        List<Snapshot> ancestry = new ArrayList<>();
        for (Snapshot at = table.currentSnapshot();
                at != null;
                at = at.parentId() == null ? null : table.snapshot(at.parentId())) {
            ancestry.add(at);
        }
        return ancestry;
    }

    /** The first column of the rows that a filter leaves, in order. */
    public List<Long> numbers(Expression filter) {
        List<Long> numbers = new ArrayList<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(load()).where(filter).build()) {
            rows.forEach(row -> numbers.add((Long) row.get(0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        numbers.sort(null);
        return numbers;
    }

    /** The partitions of the files that a filter leaves, by the specs that they were written under. */
    public Map<Integer, List<String>> filesBySpec(Expression filter) {
        Map<Integer, List<String>> partitions = new TreeMap<>();
        try (CloseableIterable<FileScanTask> tasks =
                load().newScan().filter(filter).planFiles()) {
            for (FileScanTask task : tasks) {
                partitions
                        .computeIfAbsent(task.file().specId(), id -> new ArrayList<>())
                        .add(task.spec().partitionToPath(task.file().partition()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        partitions.values().forEach(paths -> paths.sort(null));
        return partitions;
    }

    /** Reads the manifest list and the manifests of each snapshot that the table has; each file in them must be whole. */
    public void assertEverySnapshotIsReadable() {
        Table table = load();
        Set<String> whole = new LinkedHashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                try (ManifestReader<DataFile> files = ManifestFiles.read(manifest, table.io(), table.specs())) {
                    files.forEach(file -> assertWhole(table, file, whole));
                } catch (IOException | RuntimeException e) {
                    throw new AssertionError("snapshot " + snapshot.snapshotId() + " of " + name + " is not whole", e);
                }
            }
        }
    }

    private static void assertWhole(Table table, DataFile file, Set<String> whole) {
        String path = file.path().toString();
        if (!whole.contains(path) && table.io().newInputFile(path).getLength() != file.fileSizeInBytes()) {
            throw new AssertionError("a file is not as long as its manifest says: " + path);
        }
        whole.add(path);
    }

    private static DataFile file(Table table, long number) {
        Record row = GenericRecord.create(table.schema());
        row.set(0, number);
        PartitionKey partition = new PartitionKey(table.spec(), table.schema());
        partition.partition(row);
        DataWriter<Record> writer = new GenericAppenderFactory(table.schema(), table.spec())
                .newDataWriter(
                        OutputFileFactory.builderFor(table, 0, 0)
                                .operationId(UUID.randomUUID().toString())
                                .format(FileFormat.PARQUET)
                                .build()
                                .newOutputFile(table.spec(), partition),
                        FileFormat.PARQUET,
                        partition);
        try (writer) {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }
}

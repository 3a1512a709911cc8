package dev.firn.benchmarks.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;

/** Iceberg tables in a folder. */
public final class Lake {

    private final Path warehouse;
    private final HadoopCatalog catalog;

    public Lake(Path warehouse) {
        this.warehouse = warehouse;
        this.catalog = new HadoopCatalog(new Configuration(), warehouse.toUri().toString());
    }

    public Path warehouse() {
        return warehouse;
    }

    /**
     * Makes an empty table as Firn would.
     *
     * @param bucketed a column whose values are spread over 16 partitions, with rows distributed by hash; empty for none
     * @param key the table's key, whose older rows are replaced; empty where rows are appended
     */
    public void create(String namespace, String name, Schema schema, String bucketed, Iterable<String> key) {
        org.apache.iceberg.Schema columns = AvroColumns.of(schema, key);
        PartitionSpec spec = bucketed.isEmpty()
                ? PartitionSpec.unpartitioned()
                : PartitionSpec.builderFor(columns).bucket(bucketed, 16).build();
        catalog.createTable(
                TableIdentifier.of(namespace, name),
                columns,
                spec,
                Map.of(
                        TableProperties.FORMAT_VERSION, "2",
                        TableProperties.PARQUET_COMPRESSION, "zstd",
                        TableProperties.WRITE_DISTRIBUTION_MODE, bucketed.isEmpty() ? "none" : "hash"));
    }

    public Table table(String namespace, String name) {
        return catalog.loadTable(TableIdentifier.of(namespace, name));
    }

    /** What is in a table, every row read. */
    public Contents contents(String namespace, String name) throws IOException {
        Table table = table(namespace, name);
        // A reader that applies deletes leaves what it needed for that, a row's position in its file, behind the
        // table's columns.
        int columns = table.schema().columns().size();
        long rows = 0;
        long sum = 0;
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                rows++;
                sum += RowHash.of(record, columns);
            }
        }
        return new Contents(AvroColumns.described(table.schema()), rows, sum);
    }

    /** What a table's newest snapshot says of its files. */
    public TableFiles files(String namespace, String name) {
        Snapshot snapshot = table(namespace, name).currentSnapshot();
        return snapshot == null
                ? new TableFiles(0, 0, 0)
                : new TableFiles(
                        figure(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP)
                                + figure(snapshot, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
                        figure(snapshot, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
                        figure(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    private static long figure(Snapshot snapshot, String name) {
        return Long.parseLong(snapshot.summary().getOrDefault(name, "0"));
    }

    /** Removes the tables of a namespace, and whatever else lies there. */
    public void remove(String namespace) throws IOException {
        Path folder = warehouse.resolve(namespace);
        if (!catalog.namespaceExists(Namespace.of(namespace))) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

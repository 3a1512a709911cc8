package dev.firn.tables.inspection;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.spi.inspection.InspectedCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** A catalog in a folder, with a table of orders. */
final class Shop {

    static final Instant DAY = Instant.parse("2026-01-03T00:00:00Z");

    static final Schema COLUMNS = new Schema(
            Types.NestedField.required(1, "order_id", Types.LongType.get()),
            Types.NestedField.required(2, "placed_at", Types.TimestampType.withZone()),
            Types.NestedField.optional(
                    3,
                    "customer",
                    Types.StructType.of(Types.NestedField.optional(4, "email", Types.StringType.get(), "as given"))));

    private final Path folder;
    private final HadoopCatalog catalog;

    Shop(Path folder) {
        this.folder = folder;
        this.catalog = new HadoopCatalog(new Configuration(), folder.toString());
    }

    Map<String, Text> properties() {
        return new TreeMap<>(Map.of("type", new Text("hadoop"), "warehouse", new Text(folder.toString())));
    }

    InspectedCatalog open() {
        return new IcebergTableInspection().open(properties(), SystemReferences.ofThisProcess());
    }

    Table orders(Map<String, String> properties) {
        return orders("orders", properties);
    }

    Table orders(String name, Map<String, String> properties) {
        PartitionSpec spec = PartitionSpec.builderFor(COLUMNS).day("placed_at").build();
        return catalog.buildTable(TableIdentifier.of("shop", name), COLUMNS)
                .withPartitionSpec(spec)
                .withSortOrder(SortOrder.builderFor(COLUMNS).desc("order_id").build())
                .withProperties(properties)
                .create();
    }

    void make(String namespace, String name) {
        catalog.createTable(TableIdentifier.of(Namespace.of(namespace.split("\\.", -1)), name), COLUMNS);
    }

    /** Commits one real file with so many orders of a day. */
    static void commit(Table table, int day, int rows) {
        AppendFiles append = table.newAppend();
        append.appendFile(write(table, day, rows));
        append.commit();
    }

    static DataFile write(Table table, int day, int rows) {
        Record row = GenericRecord.create(COLUMNS);
        OffsetDateTime placed = DAY.atOffset(ZoneOffset.UTC).plusDays(day);
        row.setField("placed_at", placed);
        PartitionKey partition = new PartitionKey(table.spec(), COLUMNS);
        partition.partition(new InternalRecordWrapper(COLUMNS.asStruct()).wrap(row));
        String path = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        DataWriter<Record> writer;
        try {
            writer = Parquet.writeData(table.io().newOutputFile(path))
                    .schema(COLUMNS)
                    .withSpec(table.spec())
                    .withPartition(partition)
                    .createWriterFunc(GenericParquetWriter::buildWriter)
                    .build();
            try (writer) {
                for (int i = 0; i < rows; i++) {
                    Record one = row.copy();
                    one.setField("order_id", (long) i);
                    one.setField("placed_at", placed.plusSeconds(i));
                    writer.write(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }

    static DataFile writeAvro(Table table, int day, int rows) throws IOException {
        DataWriter<Record> writer = Avro.writeData(
                        table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".avro"))
                .schema(COLUMNS)
                .withSpec(table.spec())
                .withPartition(DataFiles.data(table.spec(), partition(day)))
                .createWriterFunc(org.apache.iceberg.data.avro.DataWriter::create)
                .build();
        try (writer) {
            Record row = GenericRecord.create(COLUMNS);
            row.setField("placed_at", DAY.atOffset(ZoneOffset.UTC).plusDays(day));
            for (int i = 0; i < rows; i++) {
                row.setField("order_id", (long) i);
                writer.write(row);
            }
        }
        return writer.toDataFile();
    }

    /** Adds snapshots that have what the current one has, and whose summary says nothing but what they are for. */
    static void pretendSnapshots(Table table, int count, Instant at) {
        pretendSnapshots(table, count, at, "\"operation\": \"append\"");
    }

    /** @param summary of each, as JSON has it between its braces */
    static void pretendSnapshots(Table table, int count, Instant at, String summary) {
        TableOperations operations = ((HasTableOperations) table).operations();
        TableMetadata.Builder changed = TableMetadata.buildFrom(operations.current());
        Snapshot current = table.currentSnapshot();
        long sequence = current.sequenceNumber();
        for (int i = 1; i <= count; i++) {
            changed.setBranchSnapshot(
                    SnapshotParser.fromJson(
                            """
                            {"snapshot-id": %d, "parent-snapshot-id": %d, "sequence-number": %d, "timestamp-ms": %d,
                             "summary": {%s}, "manifest-list": "%s", "schema-id": 0}"""
                                    .formatted(
                                            i,
                                            i == 1 ? current.snapshotId() : i - 1,
                                            sequence + i,
                                            at.toEpochMilli(),
                                            summary,
                                            current.manifestListLocation())),
                    SnapshotRef.MAIN_BRANCH);
        }
        operations.commit(operations.current(), changed.build());
        table.refresh();
    }

    /** Files that are nowhere, for what is told from manifests alone. */
    static void pretend(Table table, int day, List<Long> sizes) {
        AppendFiles append = table.newFastAppend();
        sizes.forEach(bytes -> append.appendFile(DataFiles.builder(table.spec())
                .withPath("/nowhere/" + UUID.randomUUID() + ".parquet")
                .withPartitionPath(partition(day))
                .withFileSizeInBytes(bytes)
                .withRecordCount(1_000)
                .build()));
        append.commit();
    }

    /** With one file that is nowhere. */
    static ManifestFile pretendManifest(Table table) throws IOException {
        ManifestWriter<DataFile> writer = ManifestFiles.write(
                table.spec(), table.io().newOutputFile(table.location() + "/metadata/" + UUID.randomUUID() + ".avro"));
        try (writer) {
            writer.add(DataFiles.builder(table.spec())
                    .withPath("/nowhere/" + UUID.randomUUID() + ".parquet")
                    .withPartitionPath(partition(0))
                    .withFileSizeInBytes(512L << 20)
                    .withRecordCount(1_000)
                    .build());
        }
        return writer.toManifestFile();
    }

    /** As many delete files, each of so many rows. */
    static void pretendDeletes(Table table, int day, int files, long rows) {
        var delta = table.newRowDelta();
        for (int i = 0; i < files; i++) {
            DeleteFile file = FileMetadata.deleteFileBuilder(table.spec())
                    .ofPositionDeletes()
                    .withPath("/nowhere/" + UUID.randomUUID() + ".parquet")
                    .withPartitionPath(partition(day))
                    .withFileSizeInBytes(1_000)
                    .withRecordCount(rows)
                    .build();
            delta.addDeletes(file);
        }
        delta.commit();
    }

    private static String partition(int day) {
        return "placed_at_day=" + DAY.atOffset(ZoneOffset.UTC).plusDays(day).toLocalDate();
    }
}

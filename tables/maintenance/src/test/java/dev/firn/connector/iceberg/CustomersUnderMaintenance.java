package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.maintenance.MaintainedCatalog;
import dev.firn.spi.maintenance.MaintenanceRequest;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.tables.maintenance.IcebergTableMaintenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** A keyed table, the pipeline that writes it with its ledger, and somebody who looks after it; and what the table must say. */
final class CustomersUnderMaintenance implements AutoCloseable {

    static final MaintenanceRequest.Compaction ALL = new MaintenanceRequest.Compaction(2, 1, OptionalLong.empty());

    final TestLake test;
    final Map<Integer, String> written = new TreeMap<>();
    private final Path folder;
    private final CatalogKind kind;
    private Map<Integer, String> staged = new TreeMap<>();
    private Map<Integer, String> committed = new TreeMap<>();
    private Lake lake;
    private TableWriters writers;
    private Ledger ledger;
    private long run;
    private long epoch;
    private long settled;

    CustomersUnderMaintenance(CatalogKind kind, Path folder, String... partitioning) {
        this.kind = kind;
        this.folder = folder;
        this.test = new TestLake(kind, folder);
        this.lake = test.open();
        lake.create(TestLake.spec(KeyedTable.NAME, KeyedTable.COLUMNS, partitioning));
        this.writers = KeyedTable.writers(lake, 0);
        this.ledger = lake.ledger();
        this.run = ledger.claimRun();
    }

    void write(int id, String name, String country) {
        KeyedTable.write(writers, new KeyedTable.Customer(id, name, country));
        written.put(id, name);
    }

    void delete(int id) {
        KeyedTable.delete(writers, id);
        written.remove(id);
    }

    /** Somebody else deletes the first row of some file, if it is still there. */
    void deleteByOthers(int which) throws IOException {
        List<DataFile> files = dataFiles();
        if (files.isEmpty()) {
            return;
        }
        Map<Integer, String> before = KeyedTable.names(test);
        deletePosition(files.get(which % files.size()), 0);
        before.entrySet().removeAll(KeyedTable.names(test).entrySet());
        // What was written since is another value.
        for (Map<Integer, String> model : List.of(committed, staged, written)) {
            model.entrySet().removeAll(before.entrySet());
        }
    }

    List<DataFile> dataFiles() {
        try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
            return StreamSupport.stream(tasks.spliterator(), false)
                    .map(FileScanTask::file)
                    .map(DataFile::copy)
                    .sorted(Comparator.comparing(file -> file.path().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written goes to the ledger, and not yet to the table. */
    void stage() {
        List<StagedFiles> files = writers.stage();
        if (files.isEmpty()) {
            return;
        }
        epoch++;
        Epoch next = new Epoch(epoch, run, "plan", epoch, List.of(), List.of(), files);
        ledger.append(next, settled);
        ledger.upkeep(next);
        staged = new TreeMap<>(written);
    }

    /** All that the ledger has goes to the table. */
    void commit() {
        List<StagedEpoch> open = ledger.read().open().stream()
                .map(one -> new StagedEpoch(one.run(), one.number(), one.planHash(), one.staged()))
                .filter(one -> !one.files().isEmpty())
                .toList();
        if (!open.isEmpty()) {
            lake.commit(KeyedTable.NAME, open);
        }
        settled = epoch;
        committed = new TreeMap<>(staged);
    }

    /** What was written and not staged comes again, as from a topic. */
    void restart() {
        writers.close();
        lake = test.open();
        ledger = lake.ledger();
        run = ledger.claimRun();
        writers = KeyedTable.writers(lake, 0);
        commit();
        written.clear();
        written.putAll(committed);
    }

    MaintainedCatalog maintenance(UnaryOperator<TableOperations> commits) {
        return IcebergTableMaintenance.of(lake(commits));
    }

    MaintainedLake lake() {
        return lake(UnaryOperator.identity());
    }

    private MaintainedLake lake(UnaryOperator<TableOperations> commits) {
        CatalogSettings settings = CatalogSettings.resolve(
                kind.properties(folder).entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, entry -> new dev.firn.definition.reference.Text(entry.getValue()))),
                raw -> raw);
        return new MaintainedLake(IcebergLake.catalog(settings), settings, commits);
    }

    TableUpkeep maintain(MaintenanceRequest request) {
        try (MaintainedCatalog maintenance = maintenance(UnaryOperator.identity())) {
            return maintenance.maintain(KeyedTable.NAME, request, progress -> {});
        }
    }

    static MaintenanceRequest compact() {
        return compact(ALL.smallFiles(), ALL.deleteFiles());
    }

    static MaintenanceRequest compact(int smallFiles, int deleteFiles) {
        return new MaintenanceRequest(
                MaintenanceRequest.Mode.CARRY_OUT,
                Optional.of(new MaintenanceRequest.Compaction(smallFiles, deleteFiles, OptionalLong.empty())),
                Optional.empty(),
                Optional.empty());
    }

    /** As somebody else appends a row, in a file of that name. */
    DataFile append(String name, int id) throws IOException {
        Table table = table();
        Record row = GenericRecord.create(table.schema());
        row.setField("id", id);
        row.setField("name", name);
        DataWriter<Record> writer = new GenericAppenderFactory(table.schema())
                .newDataWriter(
                        EncryptedFiles.plainAsEncryptedOutput(
                                table.io().newOutputFile(table.location() + "/data/" + name)),
                        FileFormat.PARQUET,
                        null);
        try (writer) {
            writer.write(row);
        }
        table.newAppend().appendFile(writer.toDataFile()).commit();
        return writer.toDataFile();
    }

    /** As somebody else deletes a row, by its place. */
    void deletePosition(DataFile file, long position) throws IOException {
        deletePositions(List.of(file), position);
    }

    /** In one delete file. */
    void deletePositions(List<DataFile> files, long position) throws IOException {
        Table table = table();
        DataFile file = files.get(0);
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(file.specId()));
        PositionDeleteWriter<Record> deletes = new GenericAppenderFactory(table.schema(), spec)
                .set(TableProperties.DEFAULT_WRITE_METRICS_MODE, "full")
                .newPosDeleteWriter(
                        OutputFileFactory.builderFor(table, 0, 0)
                                .operationId(UUID.randomUUID().toString())
                                .build()
                                .newOutputFile(spec, file.partition()),
                        FileFormat.PARQUET,
                        file.partition());
        try (deletes) {
            PositionDelete<Record> one = PositionDelete.create();
            files.forEach(each -> deletes.write(one.set(each.path(), position, null)));
        }
        table.newRowDelta().addDeletes(deletes.toDeleteFile()).commit();
    }

    static MaintenanceRequest expire(int keep) {
        return new MaintenanceRequest(
                MaintenanceRequest.Mode.CARRY_OUT,
                Optional.empty(),
                Optional.of(new MaintenanceRequest.Expiry(Duration.ofMillis(-1), keep)),
                Optional.empty());
    }

    static MaintenanceRequest orphans() {
        return new MaintenanceRequest(
                MaintenanceRequest.Mode.CARRY_OUT, Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(3)));
    }

    Table table() {
        return test.table(KeyedTable.NAME);
    }

    /** As if all files had been there for ten days. */
    void age() {
        for (Path file : files()) {
            age(file);
        }
    }

    /** As a writer leaves one behind that has failed. */
    void addOrphan() {
        try {
            Path data = place(table().location()).resolve("data");
            Files.createDirectories(data);
            Files.writeString(data.resolve("orphan-" + System.nanoTime() + ".parquet"), "nothing");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void age(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(10))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files of the table. */
    List<Path> files() {
        try (Stream<Path> all = Files.walk(place(table().location()))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path place(String location) {
        return Path.of(location.replaceFirst("^file:/*", "/"));
    }

    /** The table says what was committed, no snapshot names a file that is gone, and neither does the ledger. */
    void check(String when) {
        assertThat(KeyedTable.names(test)).as(when).isEqualTo(committed);
        Table table = table();
        List<String> gone = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                ManifestContents.paths(manifest, table.io(), table.specs()).stream()
                        .filter(path -> !table.io().newInputFile(path).exists())
                        .forEach(gone::add);
            }
        }
        assertThat(gone).as(when).isEmpty();
        lake.requireStaged(
                KeyedTable.NAME,
                test.ledger().read().open().stream()
                        .map(one -> new StagedEpoch(one.run(), one.number(), one.planHash(), one.staged()))
                        .toList());
    }

    long deleteFiles() {
        Table table = table();
        long count = 0;
        for (ManifestFile manifest : table.currentSnapshot().deleteManifests(table.io())) {
            try (ManifestReader<DeleteFile> reader =
                    ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                for (DeleteFile ignored : reader) {
                    count++;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    @Override
    public void close() {
        writers.close();
        test.close();
    }
}

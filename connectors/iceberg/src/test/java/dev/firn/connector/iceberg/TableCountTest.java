package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableRecount.Faults;
import dev.firn.spi.sink.TableRecount.Files;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCountTest {

    private static final Files NONE = new Files(0, 0);
    private static final Faults NO_FAULTS = new Faults(0, List.of());

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private long told;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private TableRecount recount() {
        return recount(TestLake.ORDERS);
    }

    private TableRecount recount(TableName table) {
        return lake.recount(table, (done, files) -> told = files).orElseThrow();
    }

    private void commit(long epoch, long... numbers) {
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, epoch, numbers)));
    }

    @Test
    void countsTheRowsOfThePipelinesFiles() {
        commit(1, 1, 2, 3);
        commit(2, 4);

        TableRecount recount = recount();

        assertThat(recount.own()).isEqualTo(new Files(2, 4));
        assertThat(recount.others()).isEqualTo(NONE);
        assertThat(recount.hidden()).isEqualTo(OptionalLong.of(0));
        assertThat(recount.marks()).isEqualTo(new TableRecount.Marks(2, ""));
        assertThat(recount.history()).isEqualTo(new TableRecount.History(List.of(), true));
        assertThat(recount.faults()).isEqualTo(NO_FAULTS);
        assertThat(recount.incarnation())
                .isEqualTo(lake.table(TestLake.ORDERS).orElseThrow().incarnation());
        assertThat(told).isEqualTo(2);
    }

    @Test
    void findsNothingInATableWithoutRowsAndNoTableWhereThereIsNone() {
        assertThat(recount().own()).isEqualTo(NONE);
        assertThat(recount().marks().lastEpoch()).isZero();
        assertThat(lake.recount(new TableName("sales.none"), (done, files) -> {}))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"parquet, 2", "avro, 2", "parquet, 1", "avro, 1"})
    void countsEachFormatAndEachVersionOfTables(String format, String version) {
        TableName table = new TableName("sales." + format + version);
        lake.create(new TableSpec(
                table,
                TestLake.ONE_NUMBER,
                List.of(),
                new TreeMap<>(Map.of("write.format.default", format, "format-version", version))));
        lake.commit(table, List.of(new StagedEpoch(1, 1, TestLake.stage(lake, 1, table, ListedRows.ofNumbers(1, 2)))));

        test.table(table).newAppend().appendFile(written(7)).commit();

        TableRecount recount = recount(table);

        assertThat(recount.own()).isEqualTo(new Files(1, 2));
        assertThat(recount.others()).isEqualTo(new Files(1, 1));
        assertThat(recount.faults()).isEqualTo(NO_FAULTS);
    }

    @Test
    void tellsFilesOfOthersFromThePipelines() {
        commit(1, 1, 2, 3);
        test.table(TestLake.ORDERS).newAppend().appendFile(written(7, 8)).commit();
        commit(2, 4);

        TableRecount recount = recount();

        assertThat(recount.own()).isEqualTo(new Files(2, 4));
        assertThat(recount.others()).isEqualTo(new Files(1, 2));
        Snapshot foreign = test.ancestry(TestLake.ORDERS).get(1);
        assertThat(recount.history().snapshots())
                .containsExactly(new ForeignSnapshot(
                        foreign.snapshotId(), Instant.ofEpochMilli(foreign.timestampMillis()), "append", 2, 0));
    }

    @Test
    void knowsThePipelinesFilesByTheirNamesWhereTheirSnapshotsHaveExpired() {
        commit(1, 1, 2, 3);
        test.table(TestLake.ORDERS).newAppend().appendFile(written(7, 8)).commit();
        commit(2, 4);
        expireAllButTheLast();

        TableRecount recount = recount();

        assertThat(recount.own()).isEqualTo(new Files(2, 4));
        assertThat(recount.others()).isEqualTo(new Files(1, 2));
        assertThat(recount.history()).isEqualTo(new TableRecount.History(List.of(), false));
    }

    @Test
    void seesACompactionAndWhatItDidToTheNumberOfRows() {
        commit(1, 1, 2, 3);
        commit(2, 4);
        Table table = test.table(TestLake.ORDERS);
        var rewrite = table.newRewrite();
        files(table).forEach(rewrite::deleteFile);
        rewrite.addFile(written(1, 2, 3, 4)).commit();

        TableRecount recount = recount();

        assertThat(recount.own()).isEqualTo(NONE);
        assertThat(recount.others()).isEqualTo(new Files(1, 4));
        assertThat(recount.history().snapshots())
                .extracting(ForeignSnapshot::operation, ForeignSnapshot::added, ForeignSnapshot::removed)
                .containsExactly(tuple("replace", 4L, 4L));
        assertThat(recount.marks().lastEpoch()).isEqualTo(2);
    }

    @Test
    void countsWhatDeleteFilesTakeAway() throws IOException {
        commit(1, 1, 2, 3);
        Table table = test.table(TestLake.ORDERS);
        PositionDeleteWriter<Record> deletes = new GenericAppenderFactory(table.schema(), table.spec())
                .newPosDeleteWriter(newFile(table), FileFormat.PARQUET, null);
        try (deletes) {
            deletes.write(
                    PositionDelete.<Record>create().set(files(table).get(0).path(), 1, null));
        }
        table.newRowDelta().addDeletes(deletes.toDeleteFile()).commit();

        TableRecount recount = recount();

        assertThat(recount.own()).isEqualTo(new Files(1, 3));
        assertThat(recount.hidden()).isEqualTo(OptionalLong.of(1));

        java.nio.file.Files.delete(path(deletes.toDeleteFile().path()));

        TableRecount broken = recount();
        assertThat(broken.hidden()).isEmpty();
        assertThat(broken.faults())
                .isEqualTo(new Faults(1, List.of("`" + deletes.toDeleteFile().path() + "` is gone")));
    }

    @Test
    void namesADataFileThatIsGone() throws IOException {
        commit(1, 1, 2, 3);
        commit(2, 4);
        CharSequence lost = files(test.table(TestLake.ORDERS)).get(0).path();
        java.nio.file.Files.delete(path(lost));

        assertThat(recount().faults()).isEqualTo(new Faults(1, List.of("`" + lost + "` is gone")));
    }

    @Test
    void namesAManifestThatIsGone() throws IOException {
        commit(1, 1, 2, 3);
        Table table = test.table(TestLake.ORDERS);
        String manifest =
                table.currentSnapshot().allManifests(table.io()).get(0).path();
        java.nio.file.Files.delete(path(manifest));

        assertThat(recount().faults())
                .isEqualTo(new Faults(
                        1, List.of("the manifest `" + manifest + "` is gone, and with it what files it names")));
    }

    @Test
    void doesNotTakeAManifestThatItCannotReadForOneWithoutFiles() throws IOException {
        commit(1, 1, 2, 3);
        Table table = test.table(TestLake.ORDERS);
        String manifest =
                table.currentSnapshot().allManifests(table.io()).get(0).path();
        java.nio.file.Files.write(path(manifest), new byte[] {1, 2, 3});

        assertThatThrownBy(this::recount)
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining(" failed to read `" + manifest + "`: ");
    }

    @Test
    void namesAListOfManifestsThatIsGone() throws IOException {
        commit(1, 1, 2, 3);
        String list = test.table(TestLake.ORDERS).currentSnapshot().manifestListLocation();
        java.nio.file.Files.delete(path(list));

        assertThat(recount().faults())
                .isEqualTo(new Faults(1, List.of("`" + list + "`, the list of the table's manifests, is gone")));
    }

    @Test
    void believesFilesAndNotTheMetadata() throws IOException {
        DataFile real = written(1, 2, 3);
        DataFile more = described(real, real.fileSizeInBytes(), 5);
        DataFile cut = described(written(4), real.fileSizeInBytes() + 1, 1);
        DataFile torn = written(5, 6);
        byte[] bytes = java.nio.file.Files.readAllBytes(path(torn.path()));
        bytes[bytes.length - 1] = 'X';
        java.nio.file.Files.write(path(torn.path()), bytes);
        test.table(TestLake.ORDERS)
                .newAppend()
                .appendFile(more)
                .appendFile(cut)
                .appendFile(torn)
                .commit();

        Faults faults = recount().faults();

        assertThat(faults.count()).isEqualTo(3);
        assertThat(faults.first())
                .anySatisfy(fault ->
                        assertThat(fault).isEqualTo("`" + more.path() + "` holds 3 rows, and the metadata says 5"))
                .anySatisfy(fault -> assertThat(fault)
                        .isEqualTo("`" + cut.path() + "` has " + java.nio.file.Files.size(path(cut.path()))
                                + " bytes, and the metadata says " + cut.fileSizeInBytes()))
                .anySatisfy(fault -> assertThat(fault).startsWith("`" + torn.path() + "` can't be read: "));
        assertThat(recount().others()).isEqualTo(NONE);
    }

    @Test
    void namesAFileThatIsInTheTableTwice() {
        commit(1, 1, 2, 3);
        DataFile file = files(test.table(TestLake.ORDERS)).get(0);
        test.table(TestLake.ORDERS).newFastAppend().appendFile(file).commit();

        assertThat(recount().faults()).isEqualTo(new Faults(1, List.of("a data file is in the table twice")));
    }

    @Test
    void saysThatATableWasRolledBack() {
        commit(1, 1);
        commit(2, 2);
        List<Snapshot> ancestry = test.ancestry(TestLake.ORDERS);
        test.table(TestLake.ORDERS)
                .manageSnapshots()
                .setCurrentSnapshot(ancestry.get(1).snapshotId())
                .commit();

        assertThat(recount().own()).isEqualTo(new Files(1, 1));
        assertThat(recount().marks().complaint())
                .startsWith("table `sales.orders` was rolled back: epoch 2 was committed as snapshot `"
                        + ancestry.get(0).snapshotId() + "`");
    }

    @Test
    void countsThePipelinesQuarantinedRecordsByTheirCode() {
        TableName quarantine = TestLake.NAMES.quarantine();
        lake.create(lake.quarantineTable());
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            writers.quarantine(List.of(
                    rejected(RejectCode.TRUNCATED_PAYLOAD, 1),
                    rejected(RejectCode.TRUNCATED_PAYLOAD, 2),
                    rejected(RejectCode.WRONG_MAGIC_BYTE, 3)));
            lake.commit(quarantine, List.of(new StagedEpoch(1, 1, writers.stage())));
        }

        TableRecount recount = recount(quarantine);

        assertThat(recount.own()).isEqualTo(new Files(1, 3));
        assertThat(recount.reasons()).isEqualTo(Map.of("truncated-payload", 2L, "wrong-magic-byte", 1L));
    }

    private static QuarantinedRecord rejected(RejectCode code, long position) {
        return new QuarantinedRecord(
                new RawRecord(ListedRows.SPLIT, position, 0, null, null, List.of()), Optional.empty(), code, "no");
    }

    private void expireAllButTheLast() {
        test.table(TestLake.ORDERS)
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();
    }

    private static List<DataFile> files(Table table) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** A file of somebody else, which is really there. */
    private DataFile written(long... numbers) {
        Table table = test.table(TestLake.ORDERS);
        DataWriter<Record> writer = new GenericAppenderFactory(table.schema(), table.spec())
                .newDataWriter(newFile(table), FileFormat.PARQUET, null);
        try (writer) {
            for (long number : numbers) {
                Record row = GenericRecord.create(table.schema());
                row.set(0, number);
                writer.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }

    private static EncryptedOutputFile newFile(Table table) {
        return EncryptedFiles.plainAsEncryptedOutput(
                table.io().newOutputFile(table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet")));
    }

    private DataFile described(DataFile real, long bytes, long rows) {
        return DataFiles.builder(test.table(TestLake.ORDERS).spec())
                .withPath(real.path().toString())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(bytes)
                .withRecordCount(rows)
                .build();
    }

    private static Path path(CharSequence location) {
        String text = location.toString();
        return text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
    }
}

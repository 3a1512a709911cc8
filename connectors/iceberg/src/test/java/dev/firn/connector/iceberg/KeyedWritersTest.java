package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.firn.connector.iceberg.KeyedTable.Customer;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyedWritersTest {

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private TableWriters writers;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        lake = test.open();
        lake.create(TestLake.spec(KeyedTable.NAME, KeyedTable.COLUMNS));
        writers = KeyedTable.writers(lake, 0);
    }

    @AfterEach
    void close() {
        writers.close();
        test.close();
    }

    private void commit(long epoch, List<StagedFiles> staged) {
        lake.commit(KeyedTable.NAME, List.of(new StagedEpoch(1, epoch, staged)));
    }

    @Test
    void aRecordTakesThePlaceOfTheRowWithItsKey() {
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob")));
        commit(2, KeyedTable.stage(writers, Customer.of(2, "bert"), Customer.of(3, "cleo")));

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "ada", 2, "bert", 3, "cleo"));
    }

    @Test
    void theLastOfAKeyIsWrittenAndTheOthersAreCounted() {
        KeyedTable.write(writers, Customer.of(1, "ada"), Customer.of(1, "alan"));
        KeyedTable.write(writers, Customer.of(2, "bob"), Customer.of(1, "anna"));

        assertThat(writers.drainSuperseded()).isEqualTo(Map.of(KeyedTable.NAME, Map.of(ListedRows.SPLIT, 2L)));
        assertThat(writers.drainSuperseded()).isEmpty();
        List<StagedFiles> staged = writers.stage();
        assertThat(staged).singleElement().extracting(StagedFiles::records).isEqualTo(2L);
        commit(1, staged);
        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "anna", 2, "bob"));
        assertThat(KeyedTable.rowsInFiles(test)).isEqualTo(2);
    }

    @Test
    void aRowThatIsDeletedIsGoneUntilItsKeyComesAgain() {
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob")));

        KeyedTable.delete(writers, 2, 7);
        commit(2, writers.stage());

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "ada"));
        commit(3, KeyedTable.stage(writers, Customer.of(2, "bert")));
        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "ada", 2, "bert"));
    }

    @Test
    void theLastOfAKeyWinsWhetherItIsARowOrItsEnd() {
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob")));

        KeyedTable.write(writers, Customer.of(1, "alan"), Customer.of(3, "cleo"));
        KeyedTable.delete(writers, 1, 2);
        KeyedTable.write(writers, Customer.of(2, "bert"));
        KeyedTable.delete(writers, 3, 3);

        assertThat(writers.drainSuperseded())
                .as("the rows of 1 and 3, which were never written; no delete is replaced")
                .isEqualTo(Map.of(KeyedTable.NAME, Map.of(ListedRows.SPLIT, 2L)));
        List<StagedFiles> staged = writers.stage();
        assertThat(staged).singleElement().extracting(StagedFiles::records).isEqualTo(1L);
        commit(2, staged);
        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(2, "bert"));
    }

    @Test
    void anEpochOfDeletesAloneIsCommittedAndNotRepeated() {
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob")));
        KeyedTable.delete(writers, 1);
        List<StagedFiles> staged = writers.stage();

        commit(2, staged);
        commit(2, staged);

        assertThat(staged).singleElement().satisfies(files -> {
            assertThat(files.records()).isZero();
            assertThat(files.files()).isOne();
        });
        assertThat(test.ancestry(KeyedTable.NAME))
                .extracting(snapshot -> snapshot.summary().get(TableMarks.EPOCH))
                .containsExactly("2", "1");
        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(2, "bob"));
    }

    @Test
    void aRowIsDeletedInWhateverPartitionItIs() {
        partitioned("country");
        commit(1, KeyedTable.stage(writers, new Customer(1, "ada", "de"), new Customer(2, "bob", "fr")));
        commit(2, KeyedTable.stage(writers, new Customer(1, "ada", "it")));

        KeyedTable.delete(writers, 1);
        commit(3, writers.stage());

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(2, "bob"));
    }

    @Test
    void aDeleteIsOfOnePartitionWhereTheKeyDecidesIt() {
        partitioned("bucket(id, 4)");
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob")));

        KeyedTable.delete(writers, 1);
        commit(2, writers.stage());

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(2, "bob"));
        assertThat(test.table(KeyedTable.NAME).specs()).hasSize(1);
    }

    @Test
    void aDeleteWithoutAKeyIsRefusedByWhoeverReadsIt() throws Exception {
        ListedRows keys = KeyedTable.keys(1, null);
        List<RawRecord> records = keys.records();

        assertThat(writers.delete(KeyedTable.NAME, keys, records))
                .extracting(outcome -> outcome.flatMap(reason -> ((Rejected) reason).rule()))
                .containsExactly(Optional.empty(), Optional.of(RowKeys.NOT_NULL));
        assertThatThrownBy(() -> writers.deletedKey(KeyedTable.NAME, keys, records.get(1)))
                .isInstanceOf(Rejected.class);
        ListedRows rows = KeyedTable.rows(Customer.of(1, "ada"));
        assertThat(writers.deletedKey(KeyedTable.NAME, keys, records.get(0)))
                .as("as of the record that wrote the row")
                .isEqualTo(writers.key(
                        KeyedTable.NAME,
                        rows,
                        ListedRows.SCHEMA_ID,
                        rows.records().get(0)));
    }

    @Test
    void deletesTakeMemoryToo() {
        Lake small = test.open(
                UnaryOperator.identity(), new Retries(6, Duration.ofMillis(1)), new WriterLimits(3 * 40_000, 4));
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(5_000, "bob")));
        try (TableWriters little = KeyedTable.writers(small, 1)) {
            for (int from = 0; from < 2_000; from += 100) {
                KeyedTable.delete(little, IntStream.range(from, from + 100).toArray());
            }

            List<StagedFiles> staged = little.stage();

            assertThat(staged).hasSizeGreaterThan(1);
            commit(2, staged);
        }
        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(5_000, "bob"));
    }

    @Test
    void epochsThatAreCommittedTogetherReplaceEachOthersRows() {
        List<StagedEpoch> waiting = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            waiting.add(new StagedEpoch(
                    1, epoch, KeyedTable.stage(writers, Customer.of(1, "a" + epoch), Customer.of(epoch + 1, "b"))));
        }

        lake.commit(KeyedTable.NAME, waiting);

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "a3", 2, "b", 3, "b", 4, "b"));
        assertThat(test.ancestry(KeyedTable.NAME))
                .extracting(snapshot -> snapshot.summary().get(TableMarks.EPOCH))
                .containsExactly("3", "2", "1");
    }

    /** Of a checkpoint that was cancelled some subtasks have staged already, and the next brings it all together. */
    @Test
    void whatAWriterStagesTwiceForAnEpochReplacesWhatItStagedFirst() {
        try (TableWriters other = KeyedTable.writers(lake, 1)) {
            List<StagedFiles> staged = new ArrayList<>(KeyedTable.stage(writers, Customer.of(1, "ada")));
            List<StagedFiles> second = KeyedTable.stage(writers, Customer.of(1, "alan"), Customer.of(3, "cleo"));
            List<StagedFiles> ofOther = KeyedTable.stage(other, Customer.of(2, "bob"));
            // As they come is not for the commit to rely on.
            staged.addAll(0, second);
            staged.addAll(ofOther);

            commit(1, staged);
        }

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "alan", 2, "bob", 3, "cleo"));
        assertThat(test.ancestry(KeyedTable.NAME))
                .extracting(snapshot -> snapshot.summary().getOrDefault(TableMarks.PART, "whole"))
                .containsExactly("whole", "1 of 2");
    }

    @Test
    void moreRowsThanMemoryHoldsComeInRoundsAndTheLastOneWins() {
        Lake small = test.open(
                UnaryOperator.identity(), new Retries(6, Duration.ofMillis(1)), new WriterLimits(3 * 40_000, 4));
        try (TableWriters limited = KeyedTable.writers(small, 0)) {
            for (int pass = 0; pass < 3; pass++) {
                String name = "pass " + pass;
                for (int from = 0; from < 200; from += 50) {
                    KeyedTable.write(
                            limited,
                            IntStream.range(from, from + 50)
                                    .mapToObj(id -> Customer.of(id, name))
                                    .toArray(Customer[]::new));
                }
            }
            List<StagedFiles> staged = limited.stage();
            assertThat(staged).hasSizeGreaterThan(3);

            small.commit(KeyedTable.NAME, List.of(new StagedEpoch(1, 1, staged)));
        }

        assertThat(KeyedTable.names(test)).hasSize(200).allSatisfy((id, name) -> assertThat(name)
                .isEqualTo("pass 2"));
    }

    @Test
    void aRowThatMovesToAnotherPartitionLeavesNoneBehind() {
        partitioned("country");

        commit(1, KeyedTable.stage(writers, new Customer(1, "ada", "de"), new Customer(2, "bob", "de")));
        commit(2, KeyedTable.stage(writers, new Customer(1, "ada", "fr")));

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "ada", 2, "bob"));
        int ofAllPartitions = test.table(KeyedTable.NAME).specs().values().stream()
                .filter(PartitionSpec::isUnpartitioned)
                .findFirst()
                .orElseThrow()
                .specId();
        assertThat(deletes()).isNotEmpty().allMatch(delete -> delete.specId() == ofAllPartitions);
        assertThat(test.table(KeyedTable.NAME).spec().isPartitioned())
                .as("the table's own spec")
                .isTrue();
    }

    private void partitioned(String by) {
        madeAnew(KeyedTable.COLUMNS, by);
    }

    private void madeAnew(TableSchema columns, String... partitions) {
        writers.close();
        test.drop(KeyedTable.NAME);
        lake.create(TestLake.spec(KeyedTable.NAME, columns, partitions));
        writers = KeyedTable.writers(lake, 0);
    }

    @Test
    void deletesAreOfOnePartitionWhereTheKeyDecidesIt() {
        partitioned("bucket(id, 4)");

        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob"), Customer.of(3, "cleo")));
        commit(2, KeyedTable.stage(writers, Customer.of(1, "alan")));

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "alan", 2, "bob", 3, "cleo"));
        assertThat(deletes()).singleElement().extracting(DeleteFile::specId).isEqualTo(0);
        assertThat(test.table(KeyedTable.NAME).specs()).hasSize(1);
    }

    /** Those that are applied to some file. */
    private List<DeleteFile> deletes() {
        try (CloseableIterable<FileScanTask> files =
                test.table(KeyedTable.NAME).newScan().planFiles()) {
            List<DeleteFile> deletes = new ArrayList<>();
            files.forEach(file -> deletes.addAll(file.deletes()));
            return deletes;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void rowsFromBeforeSomebodyChangedThePartitionsAreReplaced() {
        partitioned("bucket(id, 4)");
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob")));
        test.table(KeyedTable.NAME)
                .updateSpec()
                .addField(Expressions.bucket("id", 8))
                .commit();

        commit(2, KeyedTable.stage(writers, Customer.of(1, "alan")));
        commit(3, KeyedTable.stage(writers, Customer.of(1, "anna"), Customer.of(2, "bert")));

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "anna", 2, "bert"));
    }

    @Test
    void whatIsStagedReachesRowsThatSomebodyHasWrittenAnewUnderOtherPartitions() throws Exception {
        partitioned("bucket(id, 4)");
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada"), Customer.of(2, "bob")));
        List<StagedFiles> staged = KeyedTable.stage(writers, Customer.of(1, "alan"));
        Table table = test.table(KeyedTable.NAME);
        table.updateSpec().addField(Expressions.ref("country")).commit();
        writtenAnew(table);

        commit(2, staged);

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "alan", 2, "bob"));
    }

    /** All files under the table's newest spec, as a compaction leaves them: with the sequence number of before. */
    private static void writtenAnew(Table table) throws java.io.IOException {
        table.refresh();
        long sequence = table.currentSnapshot().sequenceNumber();
        List<DataFile> before = new ArrayList<>();
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles();
                CloseableIterable<Record> read =
                        org.apache.iceberg.data.IcebergGenerics.read(table).build()) {
            files.forEach(file -> before.add(file.file()));
            read.forEach(rows::add);
        }
        PartitionKey partition = new PartitionKey(table.spec(), table.schema());
        RewriteFiles rewrite = table.newRewrite();
        before.forEach(rewrite::deleteFile);
        for (Record row : rows) {
            partition.partition(row);
            DataWriter<Record> writer = new GenericAppenderFactory(table.schema(), table.spec())
                    .newDataWriter(
                            OutputFileFactory.builderFor(table, 0, 0).build().newOutputFile(partition),
                            FileFormat.PARQUET,
                            partition);
            try (writer) {
                writer.write(row);
            }
            rewrite.addFile(writer.toDataFile());
        }
        rewrite.dataSequenceNumber(sequence).commit();
    }

    @Test
    void aKeyWithoutAValueGoesToNoWriter() throws Exception {
        TableSchema columns = new TableSchema(
                List.of(Column.optional("id", Primitive.INT), Column.required("name", Primitive.STRING)));
        madeAnew(columns);
        ListedRows nulls = new ListedRows(List.of("id", "name"), List.of(new ListedRows.Fields(null, "nobody")));

        assertThatThrownBy(() -> writers.key(
                        KeyedTable.NAME,
                        nulls,
                        ListedRows.SCHEMA_ID,
                        nulls.records().get(0)))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.rule()).contains(RowKeys.NOT_NULL));
    }

    @Test
    void aTableThatHasWaitedForLongComesInSeveralCommits() {
        List<StagedEpoch> waiting = new ArrayList<>();
        for (int epoch = 1; epoch <= 2 * EpochSteps.MOST_EPOCHS + 1; epoch++) {
            waiting.add(new StagedEpoch(1, epoch, List.of()));
        }
        assertThat(EpochSteps.transactions(waiting)).containsExactly(waiting);
        waiting.set(3, new StagedEpoch(1, 4, KeyedTable.stage(writers, Customer.of(1, "ada"))));

        assertThat(EpochSteps.transactions(waiting)).extracting(List::size).containsExactly(100, 100, 1);
    }

    @Test
    void aTableThatGetsAColumnInTheMiddleOfAnEpochHasOneRowAKey() {
        ListedRows before = KeyedTable.rows(Customer.of(1, "ada"), Customer.of(2, "bob"));
        ListedRows after = KeyedTable.rows(Customer.of(2, "bert"));
        TestLake.write(writers, KeyedTable.NAME, before, ListedRows.SCHEMA_ID, before.records());
        List<StagedFiles> staged = new ArrayList<>(writers.stage());
        Table table = test.table(KeyedTable.NAME);
        table.updateSchema().addColumn("city", Types.StringType.get()).commit();

        TestLake.write(writers, KeyedTable.NAME, after, ListedRows.SCHEMA_ID, after.records());
        staged.addAll(writers.stage());
        commit(1, staged);

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "ada", 2, "bert"));
    }

    @Test
    void aCommitThatLandsUnheardIsNotRepeated() {
        Lake faulty = test.open(new FaultyCommits(
                FaultyCommits.landedThen(new CommitStateUnknownException(new RuntimeException("504")))));
        commit(1, KeyedTable.stage(writers, Customer.of(1, "ada")));
        List<StagedFiles> staged = KeyedTable.stage(writers, Customer.of(1, "alan"));

        faulty.commit(KeyedTable.NAME, List.of(new StagedEpoch(1, 2, staged)));
        lake.commit(KeyedTable.NAME, List.of(new StagedEpoch(1, 2, staged)));

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "alan"));
        assertThat(test.ancestry(KeyedTable.NAME)).hasSize(2);
    }

    @Test
    void manifestsThatNoSnapshotNamesAreDeleted() {
        List<StagedFiles> staged = KeyedTable.stage(writers, Customer.of(1, "ada"));
        commit(1, staged);

        assertThat(StagedManifest.all(staged.get(0))).hasSize(2).noneMatch(manifest -> test.table(KeyedTable.NAME)
                .io()
                .newInputFile(manifest.path())
                .exists());
    }

    @Test
    void aTableThatWasRolledBackInsideAnEpochIsRefused() {
        List<StagedFiles> staged = new ArrayList<>(KeyedTable.stage(writers, Customer.of(1, "ada")));
        staged.addAll(KeyedTable.stage(writers, Customer.of(1, "alan")));
        commit(1, staged);
        Snapshot inside = test.ancestry(KeyedTable.NAME).get(1);
        test.table(KeyedTable.NAME)
                .manageSnapshots()
                .rollbackTo(inside.snapshotId())
                .commit();

        List<StagedFiles> next = KeyedTable.stage(writers, Customer.of(2, "bob"));
        assertThatThrownBy(() -> commit(2, next)).isInstanceOf(TableRolledBack.class);
    }

    @Test
    void aTableThatKnowsNoDeletesIsRefused() {
        writers.close();
        test.drop(KeyedTable.NAME);
        TableSchema columns = KeyedTable.COLUMNS;
        test.create(KeyedTable.NAME, columns, Map.of(TableProperties.FORMAT_VERSION, "1"));
        writers = KeyedTable.writers(lake, 0);

        assertThatThrownBy(() -> KeyedTable.write(writers, Customer.of(1, "ada")))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining("`sales.customers` has format version 1");
    }

    @Test
    void aKeyThatReadersDoNotCompareIsRefused() {
        TableSchema columns = new TableSchema(
                List.of(Column.required("id", Primitive.UUID), Column.required("name", Primitive.STRING)));
        madeAnew(columns);

        assertThatThrownBy(() -> KeyedTable.write(writers, Customer.of(1, "ada")))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining("can't tell rows apart by its type: uuid");
    }

    @Test
    void aTableWithoutAColumnOfItsKeyIsRefused() {
        try (TableWriters wrong = lake.writers(new WriterSettings(1, 0, 0, 1, 1, table -> List.of("id", "tenant")))) {
            assertThatThrownBy(() -> KeyedTable.write(wrong, Customer.of(1, "ada")))
                    .isInstanceOf(OutsideException.class)
                    .hasMessageContaining("`sales.customers` has no column `tenant`, which is in its `key`");
        }
    }

    @Test
    void aKeyHasOneNumberWhateverTheColumnIsWidenedTo() throws Exception {
        ListedRows rows = KeyedTable.rows(Customer.of(-7, "ada"));
        int before = writers.key(
                KeyedTable.NAME, rows, ListedRows.SCHEMA_ID, rows.records().get(0));
        test.table(KeyedTable.NAME)
                .updateSchema()
                .updateColumn("id", Types.LongType.get())
                .commit();
        ListedRows wide = new ListedRows(List.of("id", "name"), List.of(new ListedRows.Fields(-7L, "ada")));
        writers.stage();

        assertThat(writers.key(
                        KeyedTable.NAME,
                        wide,
                        ListedRows.SCHEMA_ID,
                        wide.records().get(0)))
                .isEqualTo(before);
    }

    static List<Arguments> types() {
        return List.of(
                arguments(Primitive.BOOLEAN, (Supplier<Object>) () -> true),
                arguments(Primitive.LONG, (Supplier<Object>) () -> 1L << 40),
                arguments(Primitive.STRING, (Supplier<Object>) () -> new String("größer".toCharArray())),
                arguments(Primitive.BINARY, (Supplier<Object>) () -> ByteBuffer.wrap(new byte[] {1, 2})),
                arguments(new ColumnType.Fixed(2), (Supplier<Object>) () -> new byte[] {1, 2}),
                arguments(new ColumnType.Decimal(9, 2), (Supplier<Object>) () -> new BigDecimal("1.50")),
                arguments(Primitive.DATE, (Supplier<Object>) () -> LocalDate.of(2026, 11, 27)),
                arguments(Primitive.TIME, (Supplier<Object>) () -> LocalTime.of(1, 2)),
                arguments(Primitive.TIMESTAMP, (Supplier<Object>) () -> LocalDateTime.of(2026, 11, 27, 1, 2)),
                arguments(Primitive.TIMESTAMPTZ, (Supplier<Object>)
                        () -> OffsetDateTime.of(2026, 11, 27, 1, 2, 3, 0, ZoneOffset.UTC)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aKeyOfAnyTypeReplacesItsRowAndHasOneNumber(ColumnType type, Supplier<Object> key) throws Exception {
        TableSchema columns =
                new TableSchema(List.of(Column.optional("id", type), Column.required("name", Primitive.STRING)));
        madeAnew(columns);
        ListedRows rows = new ListedRows(
                List.of("id", "name"),
                List.of(
                        new ListedRows.Fields(key.get(), "ada"),
                        new ListedRows.Fields(key.get(), "alan"),
                        new ListedRows.Fields(key.get(), "anna")));
        List<RawRecord> records = rows.records();

        TestLake.write(writers, KeyedTable.NAME, rows, ListedRows.SCHEMA_ID, records.subList(0, 1));
        commit(1, writers.stage());
        TestLake.write(writers, KeyedTable.NAME, rows, ListedRows.SCHEMA_ID, records.subList(1, 3));
        commit(2, writers.stage());

        assertThat(test.rows(KeyedTable.NAME))
                .extracting(row -> row.getField("name"))
                .containsExactly("anna");
        assertThat(writers.key(KeyedTable.NAME, rows, ListedRows.SCHEMA_ID, records.get(0)))
                .isEqualTo(writers.key(KeyedTable.NAME, rows, ListedRows.SCHEMA_ID, records.get(1)));
    }

    @Test
    void keysOfSeveralColumnsAreToldApartByAllOfThem() {
        TableSchema columns = new TableSchema(List.of(
                Column.required("line", Primitive.INT),
                Column.required("name", Primitive.STRING),
                Column.required("id", Primitive.INT)));
        writers.close();
        test.drop(KeyedTable.NAME);
        lake.create(TestLake.spec(KeyedTable.NAME, columns));
        ListedRows rows = new ListedRows(List.of(
                new ListedRows.Fields(1, "a", 1), new ListedRows.Fields(2, "b", 1), new ListedRows.Fields(1, "c", 2)));
        ListedRows next = new ListedRows(List.of(new ListedRows.Fields(2, "d", 1)));
        writers = lake.writers(new WriterSettings(1, 0, 0, 1, 1, table -> List.of("id", "line")));

        TestLake.write(writers, KeyedTable.NAME, rows, ListedRows.SCHEMA_ID, rows.records());
        commit(1, writers.stage());
        TestLake.write(writers, KeyedTable.NAME, next, ListedRows.SCHEMA_ID, next.records());
        commit(2, writers.stage());

        assertThat(test.rows(KeyedTable.NAME))
                .extracting(row -> row.getField("name"))
                .containsExactlyInAnyOrder("a", "c", "d");
    }
}

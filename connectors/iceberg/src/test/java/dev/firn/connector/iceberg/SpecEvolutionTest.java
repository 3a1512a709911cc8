package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody changes how a table is partitioned, or its columns, while a job writes to it. */
class SpecEvolutionTest {

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;

    @BeforeEach
    void open() {
        create(CatalogKind.HADOOP);
    }

    private void create(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
        test.close();
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void commitsAnEpochWhoseSubtasksKnewTwoSpecs(CatalogKind kind) {
        create(kind);

        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 1, stagedUnderTwoSpecs())));

        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
        assertThat(filesBySpec(Expressions.alwaysTrue()))
                .containsExactly(Map.entry(0, List.of("")), Map.entry(1, List.of("n_trunc_10=20", "n_trunc_10=30")));
        assertEachRowOnce(21, 22, 23, 31);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void mergesEpochsOfTwoSpecsIntoOneCommit(CatalogKind kind) {
        create(kind);
        StagedEpoch before = TestLake.stage(lake, 1, 1, 21, 22);
        evolveSpec();
        StagedEpoch after = TestLake.stage(lake, 1, 2, 23, 31);

        lake.commit(TestLake.ORDERS, List.of(before, after));

        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
        assertThat(filesBySpec(Expressions.alwaysTrue()))
                .containsExactly(Map.entry(0, List.of("")), Map.entry(1, List.of("n_trunc_10=20", "n_trunc_10=30")));
        assertEachRowOnce(21, 22, 23, 31);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void keepsSpecsApartWhereIcebergMergesManifests(CatalogKind kind) {
        create(kind);
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("commit.manifest.min-count-to-merge", "2")
                .commit();
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 11)));

        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 2, stagedUnderTwoSpecs())));
        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 3, stagedUnder(2, 41))));

        assertEachRowOnce(11, 21, 22, 23, 31, 41);
        Table table = test.table(TestLake.ORDERS);
        assertThat(table.currentSnapshot().allManifests(table.io()))
                .extracting(manifest -> manifest.partitionSpecId())
                .containsExactlyInAnyOrder(0, 1);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void meetsANewSpecBetweenTheLookAndTheSwap(CatalogKind kind) {
        create(kind);
        StagedEpoch epoch = TestLake.stage(lake, 1, 1, 21, 22);
        Lake late = test.open(new FaultyCommits(send -> {
            evolveSpec();
            send.run();
        }));

        late.commit(TestLake.ORDERS, List.of(epoch));

        assertThat(filesBySpec(Expressions.alwaysTrue())).containsExactly(Map.entry(0, List.of("")));
        assertThat(test.table(TestLake.ORDERS).spec().specId()).isEqualTo(1);
        assertEachRowOnce(21, 22);
    }

    @Test
    void commitsWhatWasWrittenUnderASpecThatIsGoneAgain() {
        evolveSpec();
        List<StagedFiles> partitioned = stagedUnder(1, 21, 31);
        test.table(TestLake.ORDERS).updateSpec().removeField("n_trunc_10").commit();

        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 1, partitioned), TestLake.stage(lake, 1, 2, 22)));

        assertThat(filesBySpec(Expressions.alwaysTrue()))
                .containsExactly(Map.entry(0, List.of("")), Map.entry(1, List.of("n_trunc_10=20", "n_trunc_10=30")));
        assertEachRowOnce(21, 22, 31);
    }

    @Test
    void commitsTwoSpecsToATableOfFormatVersionOne() {
        test.drop(TestLake.ORDERS);
        lake.create(new TableSpec(
                TestLake.ORDERS, TestLake.ONE_NUMBER, List.of(), new TreeMap<>(Map.of("format-version", "1"))));

        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 1, stagedUnderTwoSpecs())));

        assertThat(filesBySpec(Expressions.alwaysTrue()))
                .containsExactly(Map.entry(0, List.of("")), Map.entry(1, List.of("n_trunc_10=20", "n_trunc_10=30")));
        assertEachRowOnce(21, 22, 23, 31);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void commitsAnEpochWhoseSubtasksKnewTwoSchemas(CatalogKind kind) {
        create(kind);
        List<StagedFiles> staged = new ArrayList<>();
        ListedRows first = new ListedRows(List.of(new ListedRows.Fields(1L, "not yet")));
        ListedRows second = new ListedRows(List.of(new ListedRows.Fields(2L, "noted")));
        try (TableWriters early = lake.writers(new WriterSettings(1, 0, 0));
                TableWriters late = lake.writers(new WriterSettings(1, 1, 0))) {
            early.write(TestLake.ORDERS, first, ListedRows.SCHEMA_ID, first.records());
            test.table(TestLake.ORDERS)
                    .updateSchema()
                    .addColumn("note", Types.StringType.get())
                    .commit();
            late.write(TestLake.ORDERS, second, ListedRows.SCHEMA_ID, second.records());
            staged.addAll(early.stage());
            staged.addAll(late.stage());
        }

        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 1, staged)));

        assertThat(test.rows(TestLake.ORDERS))
                .extracting(row -> row.get(0) + " " + row.getField("note"))
                .containsExactlyInAnyOrder("1 null", "2 noted");
    }

    private void evolveSpec() {
        test.table(TestLake.ORDERS)
                .updateSpec()
                .addField(Expressions.truncate("n", 10))
                .commit();
    }

    /** Of one epoch: 21 and 22 by a subtask that has loaded the table before its spec changed, 23 and 31 by another. */
    private List<StagedFiles> stagedUnderTwoSpecs() {
        List<StagedFiles> staged = new ArrayList<>();
        ListedRows first = ListedRows.ofNumbers(21, 22);
        try (TableWriters early = lake.writers(new WriterSettings(1, 0, 0))) {
            early.write(TestLake.ORDERS, first, ListedRows.SCHEMA_ID, first.records());
            evolveSpec();
            staged.addAll(stagedUnder(1, 23, 31));
            staged.addAll(early.stage());
        }
        return staged;
    }

    private List<StagedFiles> stagedUnder(int subtask, long... numbers) {
        ListedRows rows = ListedRows.ofNumbers(numbers);
        try (TableWriters writers = lake.writers(new WriterSettings(1, subtask, 0))) {
            writers.write(TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
            return writers.stage();
        }
    }

    /** The partitions of the files that a filter leaves, by the specs that they were written under. */
    private Map<Integer, List<String>> filesBySpec(Expression filter) {
        Table table = test.table(TestLake.ORDERS);
        Map<Integer, List<String>> partitions = new TreeMap<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().filter(filter).planFiles()) {
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

    /** In the whole table, and again where a filter on the partition's column leaves only some files. */
    private void assertEachRowOnce(long... numbers) {
        assertThat(test.numbers())
                .containsExactlyElementsOf(LongStream.of(numbers).boxed().toList());
        for (long number : numbers) {
            Expression only = Expressions.equal("n", number);
            assertThat(where(only)).containsExactly(number);
            filesBySpec(only).getOrDefault(1, List.of()).forEach(partition -> assertThat(partition)
                    .isEqualTo("n_trunc_10=" + (number - number % 10)));
        }
    }

    private List<Long> where(Expression filter) {
        List<Long> found = new ArrayList<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(test.table(TestLake.ORDERS)).where(filter).build()) {
            rows.forEach(row -> found.add((Long) row.get(0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}

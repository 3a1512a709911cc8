package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterMemoryTest {

    /** As many rows of one number as take what an open file does, and somewhat more. */
    private static final int WORTH_A_FILE = 400;

    private static final long PLENTY = 64 << 20;

    @TempDir
    Path folder;

    private TestLake test;
    private IcebergWriters writers;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        writers = writers(PLENTY, 64);
    }

    @AfterEach
    void close() {
        writers.close();
        test.close();
    }

    @Test
    void rowsOfManySmallTablesWaitForTheBarrierAndMakeOneFileEach() {
        List<TableName> tables = tables(100);
        for (int number = 0; number < 20; number++) {
            for (TableName table : tables) {
                write(table, number);
            }
        }
        assertThat(writers.openFiles().most()).isZero();

        List<StagedFiles> staged = writers.stage();

        assertThat(staged)
                .extracting(StagedFiles::table)
                .containsExactlyElementsOf(tables.stream().sorted().toList());
        assertThat(staged).allSatisfy(files -> {
            assertThat(files.files()).isEqualTo(1);
            assertThat(files.records()).isEqualTo(20);
        });
        assertThat(writers.openFiles().most()).isBetween(1, FileThreads.THREADS);
        assertThat(writers.openFiles().now()).isZero();
    }

    @Test
    void noMoreFilesAreOpenThanAllowedHoweverManyTablesAreLarge() {
        writers = writers(PLENTY, 3);
        List<TableName> tables = tables(20);
        for (int round = 0; round < 4; round++) {
            for (TableName table : tables) {
                write(table, LongStream.range(0, WORTH_A_FILE).toArray());
            }
        }
        assertThat(writers.openFiles().now()).isEqualTo(3);

        List<StagedFiles> staged = writers.stage();

        assertThat(staged).hasSize(20).allSatisfy(files -> {
            assertThat(files.files()).isEqualTo(1);
            assertThat(files.records()).isEqualTo(4 * WORTH_A_FILE);
        });
        assertThat(writers.openFiles().most()).isBetween(3, 3 + FileThreads.THREADS);
    }

    @Test
    void theLimitsHoldForPartitionsToo() {
        writers = writers(PLENTY, 3);
        TableName table = table("buckets", "bucket(n, 500)");
        for (int from = 0; from < 50_000; from += 500) {
            write(table, TestLake.numbers(from, from + 500));
        }

        List<StagedFiles> staged = writers.stage();

        assertThat(staged).singleElement().satisfies(files -> {
            assertThat(files.files()).isEqualTo(500);
            assertThat(files.records()).isEqualTo(50_000);
        });
        assertThat(writers.openFiles().most()).isBetween(1, 3 + FileThreads.THREADS);
        commit(staged);
        assertThat(numbers(table)).isEqualTo(LongStream.range(0, 50_000).boxed().toList());
    }

    @Test
    void whereMemoryIsShortTheLargestIsCompletedFirst() {
        writers = writers(3 * 100_000, 64);
        TableName large = table("large");
        List<TableName> small = tables(10);
        for (int round = 0; round < 10; round++) {
            write(large, LongStream.range(0, 200).toArray());
            for (TableName table : small) {
                write(table, LongStream.range(0, 10).toArray());
            }
        }

        List<StagedFiles> staged = writers.stage();

        assertThat(staged).hasSize(11);
        for (StagedFiles files : staged) {
            if (files.table().equals(large)) {
                assertThat(files.files()).isGreaterThan(1);
                assertThat(files.records()).isEqualTo(2000);
            } else {
                assertThat(files.files()).as(files.table().full()).isEqualTo(1);
                assertThat(files.records()).isEqualTo(100);
            }
        }
    }

    @Test
    void whatIsHeldStaysWithinItsMemory() {
        writers = writers(3 * 200_000, 64);
        TableName table = table("buckets", "bucket(n, 100)");
        for (int from = 0; from < 20_000; from += 100) {
            write(table, TestLake.numbers(from, from + 100));
            assertThat(writers.bytesHeld()).isLessThanOrEqualTo(200_000);
        }

        assertThat(writers.stage()).singleElement().satisfies(files -> assertThat(files.records())
                .isEqualTo(20_000));
        assertThat(writers.bytesHeld()).isZero();
    }

    @Test
    void aFileOfATableWithASortOrderIsSortedAndSaysSo() {
        TableName table = table("sorted");
        test.table(table).replaceSortOrder().desc("n").commit();
        write(table, 3, 1, 2);
        write(table, 5, 4);

        commit(writers.stage());

        assertThat(test.rows(table)).extracting(row -> row.get(0)).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(test.table(table)
                        .currentSnapshot()
                        .addedDataFiles(test.table(table).io()))
                .extracting(DataFile::sortOrderId)
                .containsExactly(test.table(table).sortOrder().orderId());
    }

    @Test
    void anOpenFileIsNotTakenForGarbage() {
        TableName table = table("kept");
        test.table(table)
                .updateProperties()
                .set("write.parquet.row-group-size-bytes", "1024")
                .commit();
        write(table, TestLake.numbers(0, WORTH_A_FILE));
        assertThat(writers.openFiles().now()).isEqualTo(1);

        System.gc();
        System.runFinalization();

        commit(writers.stage());
        assertThat(numbers(table)).hasSize(WORTH_A_FILE);
    }

    @Test
    void aCompletedTableMayStillGetRows() {
        TableName table = table("late");
        write(table, 1, 2);
        writers.complete(table);
        writers.complete(new TableName("sales.never_seen"));
        write(table, 3);

        List<StagedFiles> staged = writers.stage();

        assertThat(staged).singleElement().satisfies(files -> assertThat(files.files())
                .isEqualTo(2));
        commit(staged);
        assertThat(numbers(table)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aTableThatCannotBeWrittenAnywhereIsNamedAndTheFilesOfAllAreDeleted() throws IOException {
        TableName good = table("good");
        TableName bad = table("bad");
        Path file = Files.createFile(folder.resolve("no_folder"));
        test.table(bad)
                .updateProperties()
                .set("write.data.path", file.resolve("data").toString())
                .commit();
        Files.createFile(folder.resolve("warehouse/shop/firn_ledger/held"));
        write(good, 1);
        writers.stage();
        write(good, 2);
        write(bad, 3);

        assertThatThrownBy(writers::stage)
                .isInstanceOf(OutsideException.class)
                .hasMessageStartingWith("table `sales.bad` can't be written to: ")
                .hasMessageContaining("no_folder");
        writers.close();

        assertThat(files("data/.*\\.parquet")).as("what was staged before").hasSize(1);
        assertThat(writers.openFiles().now()).isZero();
    }

    @Test
    void closingDeletesWhatIsCompleteAndWhatIsOpen() {
        // With so little memory each batch is completed, and waited for.
        writers = writers(3, 64);
        TableName table = table("gone");
        write(table, 1);
        write(table, 2);
        assertThat(files("data/.*\\.parquet")).hasSize(2);
        writers.close();
        assertThat(files("data/.*\\.parquet")).isEmpty();

        writers = writers(PLENTY, 64);
        write(table, LongStream.range(0, WORTH_A_FILE).toArray());
        assertThat(writers.openFiles().now()).isEqualTo(1);
        writers.close();

        assertThat(writers.openFiles().now()).isZero();
        assertThat(files("data/.*\\.parquet")).isEmpty();
    }

    @Test
    void theHeapIsSharedByTheWritersOfAProcessUnlessTheFileSaysHowMuch() {
        long heap = Runtime.getRuntime().maxMemory();
        WriterLimits.Share alone = new WriterLimits(WriterLimits.SHARE_OF_HEAP, 64).share(1, 1);
        WriterLimits.Share oneOfFour = new WriterLimits(WriterLimits.SHARE_OF_HEAP, 64).share(4, 1);
        assertThat(alone.waiting() + alone.files()).isEqualTo(Math.min(512 << 20, heap / 2));
        assertThat(oneOfFour.waiting() + oneOfFour.files())
                .isEqualTo(Math.min(512 << 20, Math.max(16 << 20, heap / 8)));
        assertThat(new WriterLimits(300, 7).share(4, 1)).isEqualTo(new WriterLimits.Share(200, 100, 7));
        assertThat(new WriterLimits(600, 7).share(4, 2))
                .as("one of two of a subtask")
                .isEqualTo(new WriterLimits.Share(200, 100, 3));
    }

    private IcebergWriters writers(long memory, int openFiles) {
        Lake lake = test.open(
                UnaryOperator.identity(), new Retries(1, Duration.ofMillis(1)), new WriterLimits(memory, openFiles));
        return (IcebergWriters) lake.writers(new WriterSettings(3, 1, 2));
    }

    private List<TableName> tables(int count) {
        return IntStream.range(0, count).mapToObj(n -> table("t" + n)).toList();
    }

    private TableName table(String name, String... partitioning) {
        TableName table = new TableName("sales." + name);
        test.open().create(TestLake.spec(table, TestLake.ONE_NUMBER, partitioning));
        return table;
    }

    private void write(TableName table, long... numbers) {
        ListedRows rows = ListedRows.ofNumbers(numbers);
        assertThat(writers.write(table, rows, ListedRows.SCHEMA_ID, rows.records()))
                .allSatisfy(outcome -> assertThat(outcome).isEmpty());
    }

    private void commit(List<StagedFiles> staged) {
        for (StagedFiles files : staged) {
            test.open().commit(files.table(), List.of(new StagedEpoch(3, 1, List.of(files))));
        }
    }

    private List<Long> numbers(TableName table) {
        return test.rows(table).stream().map(row -> (Long) row.get(0)).sorted().toList();
    }

    private List<Path> files(String pattern) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().matches(".*/" + pattern))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table whose location can't be written to: its files wait beside the ledger, and go into the table once. */
@Timeout(60)
class HeldFilesTest {

    private static final TableName REFUNDS = new TableName("sales.refunds");

    /** As many rows of one number as take what an open file does, and somewhat more. */
    private static final int WORTH_A_FILE = 400;

    @TempDir
    Path folder;

    private final List<Lake> opened = new ArrayList<>();
    private CatalogSettings settings;
    private TestLake test;
    private Lake lake;
    private String orders;
    private String held;

    @BeforeEach
    void open() {
        Map<String, Text> properties = new TreeMap<>();
        CatalogKind.JDBC.properties(folder).forEach((key, value) -> properties.put(key, new Text(value)));
        properties.put("io-impl", new Text(RefusingFileIO.class.getName()));
        settings = CatalogSettings.resolve(properties, raw -> raw);
        test = new TestLake(CatalogKind.JDBC, folder);
        lake = open(new FaultyCommits());
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        lake.create(TestLake.spec(REFUNDS, TestLake.ONE_NUMBER));
        orders = folder + "/warehouse/sales/orders/";
        held = folder + "/warehouse/shop/firn_ledger/held/sales.orders/";
    }

    private Lake open(FaultyCommits faults) {
        LakeTables tables = new LakeTables(IcebergLake.catalog(settings), settings, faults);
        Retries retries = new Retries(2, Duration.ofMillis(1));
        Lake another = new IcebergLake(tables, TestLake.NAMES, retries, Duration.ZERO, TestLake.LIMITS);
        opened.add(another);
        return another;
    }

    @AfterEach
    void close() {
        List.of(orders, held, "/data/", "/sales/").forEach(RefusingFileIO::allow);
        opened.forEach(Lake::close);
        test.close();
    }

    @Test
    void rowsOfATableThatCantBeWrittenToWaitBesideTheLedgerAndTheOthersGoOn() {
        RefusingFileIO.refuse(orders);

        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1, 2, 3);
        List<StagedFiles> others = TestLake.stage(lake, 1, REFUNDS, ListedRows.ofNumbers(4));
        lake.commit(REFUNDS, List.of(new StagedEpoch(1, 1, others)));
        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(OutsideException.class)
                .hasMessageMatching("table `sales.orders` can't be written to: " + orders + "data/.*\\.parquet");

        assertThat(test.rows(REFUNDS)).hasSize(1);
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();
        assertThat(files(held)).hasSize(3).contains("unwritable");
    }

    @Test
    void whatWaitedIsInTheTablesOwnFolderWhenItCanBeWrittenToAgain() {
        RefusingFileIO.refuse(orders);
        StagedEpoch first = TestLake.stage(lake, 1, 1, 1, 2, 3);
        StagedEpoch second = TestLake.stage(lake, 1, 2, 4);
        RefusingFileIO.allow(orders);

        lake.commit(TestLake.ORDERS, List.of(first, second));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(test.ancestry(TestLake.ORDERS)).as("caught up in one commit").hasSize(1);
        assertThat(files(held)).isEmpty();
        assertThat(files(orders + "data")).hasSize(2).noneMatch(name -> name.startsWith("firn-held"));
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    /** Of two processes on one disk, whose checksum is in a file of its own. */
    @Test
    void aMarkThatTwoHaveMadeAtOnceIsAMark() throws IOException {
        RefusingFileIO.refuse(orders);
        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1, 2, 3);
        Files.writeString(Path.of(held).resolve("unwritable"), "another's text");
        RefusingFileIO.allow(orders);
        StagedEpoch next = TestLake.stage(lake, 2, 2, 4);
        assertThat(next.files())
                .allMatch(files -> HoldingArea.isHeld(StagedManifest.of(files).path()));

        lake.commit(TestLake.ORDERS, List.of(staged, next));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(files(held)).doesNotContain("unwritable");
    }

    @Test
    void deletesThatWaitedTakeTheirEffect() {
        lake.create(TestLake.spec(KeyedTable.NAME, KeyedTable.COLUMNS, "country"));
        try (TableWriters writers = KeyedTable.writers(lake, 0)) {
            List<StagedFiles> before =
                    KeyedTable.stage(writers, KeyedTable.Customer.of(1, "ada"), KeyedTable.Customer.of(2, "bob"));
            lake.commit(KeyedTable.NAME, List.of(new StagedEpoch(1, 1, before)));
            RefusingFileIO.refuse("/sales/customers/");
            List<StagedFiles> waits = KeyedTable.stage(writers, new KeyedTable.Customer(1, "alan", "fr"));
            assertThat(StagedManifest.all(waits.get(0)))
                    .hasSize(2)
                    .allMatch(manifest -> HoldingArea.isHeld(manifest.path()));
            RefusingFileIO.allow("/sales/customers/");

            lake.commit(KeyedTable.NAME, List.of(new StagedEpoch(1, 2, waits)));
        }

        assertThat(KeyedTable.names(test)).isEqualTo(Map.of(1, "alan", 2, "bob"));
        assertThat(files(folder + "/warehouse/shop/firn_ledger/held/sales.customers/"))
                .isEmpty();
    }

    @Test
    void copiedFilesCountAsThePipelinesAlsoWhenTheirSnapshotHasExpired() {
        RefusingFileIO.refuse(orders);
        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1, 2, 3);
        RefusingFileIO.allow(orders);
        lake.commit(TestLake.ORDERS, List.of(staged));
        test.table(TestLake.ORDERS).newFastAppend().commit();
        test.table(TestLake.ORDERS)
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();

        TableRecount recount =
                lake.recount(TestLake.ORDERS, (done, files) -> {}).orElseThrow();

        assertThat(recount.history().isWhole()).isFalse();
        assertThat(recount.own()).isEqualTo(new TableRecount.Files(1, 3));
    }

    @Test
    void partitionsAndSortOrdersAreKept() {
        TableName parts = new TableName("sales.parts");
        lake.create(TestLake.spec(parts, TestLake.ONE_NUMBER, "bucket(n, 2)"));
        test.table(parts).replaceSortOrder().asc("n").commit();
        String location = folder + "/warehouse/sales/parts/";
        RefusingFileIO.refuse(location);
        List<StagedFiles> staged = TestLake.stage(lake, 1, parts, ListedRows.ofNumbers(6, 5, 4, 3, 2, 1));
        RefusingFileIO.allow(location);
        test.table(parts).updateSpec().addField("n").commit();

        lake.commit(parts, List.of(new StagedEpoch(1, 1, staged)));

        assertThat(test.rows(parts)).hasSize(6);
        test.table(parts).newScan().includeColumnStats().planFiles().forEach(task -> {
            assertThat(task.file().path().toString())
                    .contains("/n_bucket=" + task.file().partition().get(0, Integer.class));
            assertThat(task.file().sortOrderId()).isEqualTo(1);
            assertThat(task.file().lowerBounds()).isNotEmpty();
        });
    }

    @Test
    void aWriterGoesBackToATableThatHasTakenWhatWaited() {
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            RefusingFileIO.refuse(orders);
            StagedEpoch first = stage(writers, 1, 1);
            assertThat(isHeld(first)).isTrue();
            assertThat(isHeld(stage(writers, 2, 2))).as("still marked").isTrue();

            RefusingFileIO.allow(orders);
            assertThat(isHeld(stage(writers, 3, 3)))
                    .as("nothing has shown that it is well")
                    .isTrue();
            lake.commit(TestLake.ORDERS, List.of(first));

            assertThat(isHeld(stage(writers, 4, 4))).isFalse();
        }
    }

    @Test
    void aFileThatFailsWithRowsInItFailsTheWriterAndTheNextOneWritesBesideTheLedger() {
        TableWriters writers = lake.writers(new WriterSettings(1, 0, 0));
        write(writers, TestLake.ORDERS, TestLake.numbers(0, WORTH_A_FILE));
        write(writers, TestLake.ORDERS, TestLake.numbers(WORTH_A_FILE, WORTH_A_FILE + 10));
        write(writers, REFUNDS, TestLake.numbers(0, WORTH_A_FILE));
        RefusingFileIO.fill("/sales/", 0);

        assertThatThrownBy(writers::stage)
                .isInstanceOf(OutsideException.class)
                .hasMessage("table `sales.orders` can't be written to: no space left on device");
        writers.close();
        assertThat(files(held)).as("one restart does for both").containsExactly("unwritable");
        assertThat(files(held.replace("orders", "refunds"))).containsExactly("unwritable");

        try (TableWriters again = lake.writers(new WriterSettings(1, 0, 1))) {
            write(again, TestLake.ORDERS, TestLake.numbers(0, WORTH_A_FILE));
            write(again, TestLake.ORDERS, 7);
            assertThat(again.stage()).singleElement().satisfies(files -> {
                assertThat(files.records()).isEqualTo(WORTH_A_FILE + 1);
                assertThat(HoldingArea.isHeld(StagedManifest.of(files).path())).isTrue();
            });
        }
    }

    @Test
    void aFolderThatCantBeWrittenToIsFoundOutWhileTheRowsOfALargeFileAreAtHand() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("no_folder"));
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("write.data.path", noFolder + "/data")
                .commit();
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            write(writers, TestLake.ORDERS, TestLake.numbers(0, WORTH_A_FILE));
            StagedEpoch staged = stage(writers, 1, WORTH_A_FILE);

            assertThat(isHeld(staged)).isTrue();
            Files.delete(noFolder);
            lake.commit(TestLake.ORDERS, List.of(staged));
        }
        assertThat(test.numbers()).hasSize(WORTH_A_FILE + 1).doesNotHaveDuplicates();
    }

    @Test
    void aFileThatIsFullBeforeItIsCompleteIsWrittenAgainBesideTheLedger() {
        RefusingFileIO.fill(orders, 100);

        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1, 2, 3);

        assertThat(isHeld(staged)).isTrue();
        RefusingFileIO.allow(orders);
        lake.commit(TestLake.ORDERS, List.of(staged));
        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aManifestThatFitsNowhereInTheTableWaitsBesideTheLedgerAndItsDataStays() {
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            write(writers, TestLake.ORDERS, 1, 2);
            // The data file is there when the table is closed to us.
            RefusingFileIO.refuse(orders + "metadata/firn-");
            RefusingFileIO.refuse(orders + "data/firn-");
            StagedEpoch staged = new StagedEpoch(1, 1, writers.stage());
            RefusingFileIO.allow(orders + "metadata/firn-");
            RefusingFileIO.allow(orders + "data/firn-");

            assertThat(isHeld(staged)).isTrue();
            List<String> data = files(orders + "data");
            lake.commit(TestLake.ORDERS, List.of(staged));
            assertThat(test.numbers()).containsExactly(1L, 2L);
            assertThat(files(orders + "data")).isEqualTo(data);
        }
    }

    @Test
    void whoDiesBetweenCopyAndCommitCopiesAgainAndCommitsOnce() {
        StagedEpoch staged = stageHeld(1, 1, 2, 3);
        ServiceUnavailableException away = new ServiceUnavailableException("away");
        Lake dies = open(new FaultyCommits(FaultyCommits.neverSent(away), FaultyCommits.neverSent(away)));
        assertThatThrownBy(() -> dies.commit(TestLake.ORDERS, List.of(staged))).isInstanceOf(OutsideException.class);
        List<String> copies = files(orders + "data");
        assertThat(copies).as("one copy for all attempts").hasSize(1);

        open(new FaultyCommits()).commit(TestLake.ORDERS, List.of(staged));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
        assertThat(files(orders + "data"))
                .as("no file is written twice")
                .hasSize(2)
                .containsAll(copies);
        assertThat(files(held)).isEmpty();
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @Test
    void whoDiesBetweenCommitAndDeletionDeletesLaterAndDoublesNothing() {
        StagedEpoch staged = stageHeld(1, 1, 2, 3);
        RefusingFileIO.keep(held);
        lake.commit(TestLake.ORDERS, List.of(staged));
        assertThat(files(held)).as("what nobody could delete").hasSize(3);
        RefusingFileIO.allow(held);

        open(new FaultyCommits()).commit(TestLake.ORDERS, List.of(staged));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
        assertThat(files(held))
                .as("the mark is for the next commit of what waits")
                .containsExactly("unwritable");
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @Test
    void aCommitThatLandsUnheardIsNeitherRepeatedNorLosesItsFiles() {
        StagedEpoch staged = stageHeld(1, 1, 2, 3);
        FaultyCommits unheard = new FaultyCommits(FaultyCommits.landedThen(new ServiceUnavailableException("away")));

        open(unheard.blindFor(1)).commit(TestLake.ORDERS, List.of(staged));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
        assertThat(files(held)).isEmpty();
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @Test
    void aMarkThatWasLeftBehindCostsOneEpochBesideTheLedger() {
        stageHeld(1, 1);
        deleteAllHeldBut("unwritable");

        try (TableWriters writers = lake.writers(new WriterSettings(2, 0, 0))) {
            StagedEpoch first = stage(writers, 1, 5);
            assertThat(isHeld(first)).isTrue();
            lake.commit(TestLake.ORDERS, List.of(first));
            assertThat(isHeld(stage(writers, 2, 6))).isFalse();
        }
        assertThat(test.numbers()).containsExactly(5L);
        assertThat(files(held)).isEmpty();
    }

    @Test
    void aMarkThatIsMadeWhileOthersAreCopiedStays() {
        StagedEpoch staged = stageHeld(1, 1);
        FaultyCommits marked = new FaultyCommits(send -> {
            send.run();
            HoldingArea.open(test.tables(), TestLake.NAMES.ledger()).mark(TestLake.ORDERS, "closed again");
        });

        open(marked).commit(TestLake.ORDERS, List.of(staged));

        assertThat(files(held)).containsExactly("unwritable");
    }

    @Test
    void aCopyThatFailsHalfWayIsDeletedAndTriedAgain() {
        StagedEpoch staged = stageHeld(1, 1, 2, 3);
        RefusingFileIO.fill("/data/", 100);
        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(OutsideException.class)
                .hasMessage("table `sales.orders` can't be written to: no space left on device");
        assertThat(files(orders + "data")).isEmpty();
        RefusingFileIO.allow("/data/");

        lake.commit(TestLake.ORDERS, List.of(staged));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aHeldFileThatIsCutShortIsNotCommitted() throws IOException {
        StagedEpoch staged = stageHeld(1, 1, 2, 3);
        Path data = Path.of(
                held,
                files(held).stream()
                        .filter(name -> name.endsWith(".parquet"))
                        .findFirst()
                        .orElseThrow());
        Files.write(data, new byte[] {1});
        Files.delete(data.resolveSibling("." + data.getFileName() + ".crc"));

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(OutsideException.class)
                .hasMessageMatching("what waits for table `sales.orders` beside the ledger can't be read: " + data
                        + " has 1 bytes where [0-9]+ were written");
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();
    }

    @Test
    void whatIsNotStagedIsDeletedBesideTheLedgerToo() {
        RefusingFileIO.refuse(orders);
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            stage(writers, 1, 1);
            List<String> before = files(held);
            write(writers, TestLake.ORDERS, TestLake.numbers(0, WORTH_A_FILE));
            writers.complete(TestLake.ORDERS);
            writers.close();
            assertThat(files(held)).isEqualTo(before);
        }
    }

    @Test
    void aTableThatWasMadeAnewGetsNothingAndWhatWaitedIsKept() {
        StagedEpoch staged = stageHeld(1, 1, 2, 3);
        List<String> before = files(held);
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged))).isInstanceOf(TableRecreated.class);
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("firn.shop.abandoned-through", "1")
                .commit();

        lake.commit(TestLake.ORDERS, List.of(staged));

        assertThat(test.rows(TestLake.ORDERS)).isEmpty();
        assertThat(files(held)).isEqualTo(before);
    }

    private StagedEpoch stageHeld(long epoch, long... numbers) {
        RefusingFileIO.refuse(orders);
        StagedEpoch staged = TestLake.stage(lake, 1, epoch, numbers);
        RefusingFileIO.allow(orders);
        assertThat(isHeld(staged)).isTrue();
        return staged;
    }

    private static StagedEpoch stage(TableWriters writers, long epoch, long... numbers) {
        write(writers, TestLake.ORDERS, numbers);
        return new StagedEpoch(1, epoch, writers.stage());
    }

    private static void write(TableWriters writers, TableName table, long... numbers) {
        ListedRows rows = ListedRows.ofNumbers(numbers);
        assertThat(writers.write(table, rows, ListedRows.SCHEMA_ID, rows.records()))
                .allMatch(java.util.Optional::isEmpty);
    }

    private static boolean isHeld(StagedEpoch staged) {
        return staged.files().stream()
                .allMatch(files -> HoldingArea.isHeld(StagedManifest.of(files).path()));
    }

    private void deleteAllHeldBut(String kept) {
        files(held).stream().filter(name -> !name.equals(kept)).forEach(name -> {
            try {
                Files.delete(Path.of(held, name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Names of the files in a folder, without the checksums that Hadoop's local file system makes. */
    private static List<String> files(String place) {
        if (!Files.exists(Path.of(place))) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(Path.of(place))) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptedInputFile;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that fails or hangs for a table when somebody starts to write to it: the table is written as it was at its last commit. */
@Timeout(60)
class RememberedTablesTest {

    private static final TableIdentifier ORDERS = TableIdentifier.parse(TestLake.ORDERS.full());

    @TempDir
    Path folder;

    private final List<Lake> opened = new ArrayList<>();
    private CatalogSettings settings;
    private TestLake test;
    private Lake lake;

    @BeforeEach
    void open() {
        Map<String, Text> properties = new TreeMap<>();
        CatalogKind.JDBC.properties(folder).forEach((key, value) -> properties.put(key, new Text(value)));
        settings = CatalogSettings.resolve(properties, raw -> raw);
        test = new TestLake(CatalogKind.JDBC, folder);
        lake = test.open();
    }

    @AfterEach
    void close() {
        opened.forEach(Lake::close);
        test.close();
    }

    private LakeTables tables(Consumer<TableIdentifier> asked) {
        return new LakeTables(
                AskedCatalog.of(IcebergLake.catalog(settings), asked), settings, UnaryOperator.identity());
    }

    /** A lake whose catalog fails for one table. */
    private Lake failing() {
        LakeTables tables = tables(table -> {
            if (table.equals(ORDERS)) {
                throw new ServiceUnavailableException("503 for %s", table);
            }
        });
        Lake failing =
                new IcebergLake(tables, TestLake.NAMES, new Retries(1, Duration.ZERO), Duration.ZERO, TestLake.LIMITS);
        opened.add(failing);
        return failing;
    }

    private void createAndCommit(String... partitioning) {
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER, partitioning));
        test.table(TestLake.ORDERS).replaceSortOrder().asc("n").commit();
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1, 2, 3)));
    }

    @Test
    void whatIsWrittenWithoutTheTableIsInItOnceTheCatalogGivesIt() throws IOException {
        createAndCommit("bucket(n, 2)");

        StagedEpoch staged = TestLake.stage(failing(), 2, 2, 9, 8, 7, 6, 5, 4);

        assertThat(filesBelow("held")).hasSize(3).allMatch(name -> name.startsWith("firn-held-"));
        lake.commit(TestLake.ORDERS, List.of(staged));
        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(filesBelow("held")).isEmpty();
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
        test.table(TestLake.ORDERS).newScan().planFiles().forEach(task -> {
            assertThat(task.file().path().toString())
                    .contains("/sales/orders/data/n_bucket="
                            + task.file().partition().get(0, Integer.class));
            assertThat(task.file().sortOrderId()).isEqualTo(1);
        });
    }

    @Test
    void aTableThatWasAlteredMeanwhileGetsWhatWasWrittenForItAsItWas() {
        createAndCommit();
        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("more", Types.LongType.get())
                .commit();
        test.table(TestLake.ORDERS).updateSpec().addField("more").commit();

        StagedEpoch staged = TestLake.stage(failing(), 2, 2, 4);
        lake.commit(TestLake.ORDERS, List.of(staged));

        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(test.rows(TestLake.ORDERS)).allMatch(row -> row.get(1) == null);
    }

    @Test
    void aTableThatWasMadeAnewMeanwhileRefusesThem() {
        createAndCommit();
        test.drop(TestLake.ORDERS);
        foreign();

        StagedEpoch staged = TestLake.stage(failing(), 2, 2, 4);

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(TableRecreated.class)
                .hasMessageContaining("1 row of epoch 2 was written for");
    }

    @Test
    void aTableThatIsNewIsKnownToo() {
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(failing(), 1, 1, 1)));
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(failing(), 1, 2, 2)));
        test.drop(TestLake.ORDERS);
        foreign();
        lake.startBehind(TestLake.ORDERS, 2);
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(failing(), 2, 3, 3)));

        assertThat(test.numbers()).containsExactly(3L);
    }

    /** Somebody else makes the table. */
    private void foreign() {
        test.create(TestLake.ORDERS, TestLake.ONE_NUMBER);
    }

    @Test
    void whereNobodyHasWrittenItDownTheCatalogsFailureIsSaid() {
        foreign();
        Lake failing = failing();

        assertThatThrownBy(() -> TestLake.stage(failing, 1, 1, 4))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining("503 for sales.orders");
    }

    @Test
    void whatCantBeReadAnyMoreIsNotGoneBy() throws IOException {
        createAndCommit();
        Path looks = ledger().resolve("_looks/sales.orders.metadata.json");
        Files.writeString(looks, Files.readString(looks).substring(0, 100));
        Files.deleteIfExists(looks.resolveSibling(".sales.orders.metadata.json.crc"));
        Lake failing = failing();

        assertThatThrownBy(() -> TestLake.stage(failing, 2, 2, 4))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining("503 for sales.orders");
    }

    @Test
    void isWrittenDownWhenItHasChangedAndWithoutItsSnapshots() throws IOException {
        createAndCommit();
        Path looks = ledger().resolve("_looks/sales.orders.metadata.json");
        Files.delete(looks);

        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 2, 4)));
        assertThat(looks).as("it looks as before").doesNotExist();

        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("more", Types.LongType.get())
                .commit();
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 3, 5)));
        assertThat(Files.readString(looks)).contains("\"more\"").doesNotContain("manifest-list");
    }

    @Test
    void aTableWhoseFilesAreEncryptedIsNotWrittenWithoutItsKeys() {
        createAndCommit();
        RememberedTables remembered = new RememberedTables(test.tables(), TestLake.NAMES.ledger());
        TableName other = new TableName("sales.other");
        Table plain = test.table(TestLake.ORDERS);
        Table encrypted = new BaseTable(new Encrypted(LakeTables.operations(plain)), "sales.other");

        remembered.remember(other, encrypted);
        assertThat(remembered.recall(other)).isEmpty();
        remembered.remember(other, plain);
        assertThat(remembered.recall(other)).isPresent();
        remembered.remember(other, encrypted);
        assertThat(remembered.recall(other)).as("it was not encrypted before").isEmpty();
    }

    @Test
    void whatItsColumnsMayBeToBlameForWaitsForTheTable() {
        createAndCommit();
        ListedRows newer = ListedRows.ofNumbers(4);
        newer.refusals.add(new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, "the table has no column `more`"));
        ListedRows missing = new ListedRows(List.of(new ListedRows.Bad(RejectCode.MISSING_REQUIRED_COLUMN)));
        ListedRows broken = new ListedRows(List.of(new ListedRows.Bad(RejectCode.BAD_UTF8)));
        Lake failing = failing();

        try (TableWriters writers = failing.writers(new WriterSettings(2, 0, 0))) {
            assertThatThrownBy(() -> write(writers, newer))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage(
                            "table `sales.orders` is not to be had from the catalog, and as it was at its last commit it does"
                                    + " not take a record: the table has no column `more`");
            assertThatThrownBy(() -> write(writers, missing)).isInstanceOf(OutsideException.class);
            assertThat(write(writers, broken)).singleElement().satisfies(outcome -> assertThat(
                            outcome.orElseThrow().code())
                    .isEqualTo(RejectCode.BAD_UTF8));
        }
    }

    private static List<Optional<Rejected>> write(TableWriters writers, ListedRows rows) {
        return TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
    }

    @Test
    void theStorageOfWhatWaitsIsOpenedAnewNowAndThen() {
        lake.ledger();
        AtomicInteger opened = new AtomicInteger();
        UnwritableTables unwritable = new UnwritableTables(
                () -> {
                    opened.incrementAndGet();
                    return HoldingArea.open(test.tables(), TestLake.NAMES.ledger());
                },
                new TargetTables.Looks(Duration.ZERO, Runnable::run));

        unwritable.area();
        unwritable.useArea();
        unwritable.area();
        unwritable.useArea();

        assertThat(opened).hasValue(3);
    }

    @Test
    void whoeverLooksWhoseTableItIsSeesItAsItWasToo() {
        foreign();
        assertThatThrownBy(() -> failing().tableToWrite(TestLake.ORDERS)).hasMessageContaining("503 for sales.orders");
        assertThat(lake.tableToWrite(new TableName("sales.none"))).isEmpty();
        test.table(TestLake.ORDERS).updateProperties().set("firn.by", "orders").commit();
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1)));

        assertThat(failing().tableToWrite(TestLake.ORDERS).orElseThrow().properties())
                .containsEntry("firn.by", "orders");
    }

    @Test
    void aFirstLookThatHangsIsNotWaitedForAndCountsWhenItComesBack() {
        createAndCommit();
        CountDownLatch answers = new CountDownLatch(1);
        LakeTables tables = tables(table -> {
            if (table.equals(ORDERS)) {
                await(answers);
            }
        });
        Executor threads = work -> new Thread(work).start();
        TargetTables targets = new TargetTables(
                tables,
                new FirstLook(
                        tables, new RememberedTables(tables, TestLake.NAMES.ledger()), Duration.ofMillis(50), threads),
                TestLake.NAMES,
                new WriterSettings(1, 0, 0),
                new TargetTables.Looks(Duration.ofDays(1), threads),
                table -> {});

        TargetTable remembered = targets.current(TestLake.ORDERS).orElseThrow();
        assertThat(remembered.isRemembered()).isTrue();
        assertThat(targets.current(TestLake.ORDERS)).containsSame(remembered);

        answers.countDown();
        TargetTable now = remembered;
        while (now.isRemembered() && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
            now = targets.current(TestLake.ORDERS).orElseThrow();
        }
        assertThat(now.isRemembered()).isFalse();
        assertThat(now.hasColumnsOf(remembered)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path ledger() {
        return folder.resolve("warehouse/shop/firn_ledger");
    }

    private List<String> filesBelow(String name) throws IOException {
        Path top = ledger().resolve(name);
        if (!Files.exists(top)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(top)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(file -> !file.endsWith(".crc"))
                    .toList();
        }
    }

    private static final class Encrypted extends PassedOn {

        Encrypted(TableOperations real) {
            super(real);
        }

        @Override
        public EncryptionManager encryption() {
            return new EncryptionManager() {
                @Override
                public InputFile decrypt(EncryptedInputFile encrypted) {
                    return encrypted.encryptedInputFile();
                }

                @Override
                public EncryptedOutputFile encrypt(OutputFile raw) {
                    return PlaintextEncryptionManager.instance().encrypt(raw);
                }
            };
        }
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with one table, seen by whoever writes to it: it must not end the job, and the rows must not get lost. */
@Timeout(60)
class IsolatedTableTest {

    @TempDir
    Path folder;

    private CatalogSettings settings;
    private TestLake test;
    private Lake lake;
    private String metadata;

    @BeforeEach
    void open() {
        Map<String, Text> properties = new TreeMap<>();
        CatalogKind.JDBC.properties(folder).forEach((key, value) -> properties.put(key, new Text(value)));
        properties.put("io-impl", new Text(RefusingFileIO.class.getName()));
        settings = CatalogSettings.resolve(properties, raw -> raw);
        test = new TestLake(CatalogKind.JDBC, folder);
        LakeTables tables = new LakeTables(IcebergLake.catalog(settings), settings, UnaryOperator.identity());
        Retries retries = new Retries(2, Duration.ofMillis(1));
        lake = new IcebergLake(tables, TestLake.NAMES, retries, Duration.ZERO, TestLake.LIMITS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        metadata = folder + "/warehouse/sales/orders/metadata/";
    }

    @AfterEach
    void close() {
        RefusingFileIO.allow(metadata);
        lake.close();
        test.close();
    }

    @Test
    void aTableWhoseMetadataMayOnlyBeReadIsStagedAllTheSameAndCommittedLater() {
        RefusingFileIO.refuse(metadata);

        StagedEpoch staged = TestLake.stage(lake, 1, 1, 1, 2, 3);
        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(staged)))
                .isInstanceOf(OutsideException.class)
                .hasMessageStartingWith("the `jdbc` catalog")
                .hasMessageContaining("failed to commit to table `sales.orders`: ");
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();

        RefusingFileIO.allow(metadata);
        StagedEpoch next = TestLake.stage(lake, 1, 2, 4);
        lake.commit(TestLake.ORDERS, List.of(staged, next));
        assertThat(test.numbers()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(test.ancestry(TestLake.ORDERS)).as("caught up in one commit").hasSize(1);
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @Test
    void aCatalogThatHangsForATableDoesNotHoldWhoWritesToIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        List<String> newSchemas = new ArrayList<>();
        AtomicBoolean hangs = new AtomicBoolean();
        Executor threads = work -> new Thread(work).start();
        TargetTables targets = targets(threads, newSchemas, () -> {
            if (hangs.get()) {
                asked.countDown();
                await(answers);
            }
        });
        TargetTable first = targets.current(TestLake.ORDERS).orElseThrow();
        hangs.set(true);

        assertThat(targets.current(TestLake.ORDERS)).containsSame(first);
        await(asked);
        assertThat(targets.current(TestLake.ORDERS)).as("one look is under way").containsSame(first);

        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("more", Types.LongType.get())
                .commit();
        hangs.set(false);
        answers.countDown();
        while (newSchemas.isEmpty()) {
            Thread.onSpinWait();
            targets.current(TestLake.ORDERS);
        }
        assertThat(newSchemas).containsExactly("sales.orders");
        assertThat(targets.current(TestLake.ORDERS).orElseThrow().columns().columns())
                .hasSize(2);
    }

    @Test
    void aTableThatWasDroppedIsWrittenAsItWas() {
        TargetTables targets = targets(Runnable::run, new ArrayList<>(), () -> {});
        TargetTable known = targets.current(TestLake.ORDERS).orElseThrow();
        test.drop(TestLake.ORDERS);

        assertThat(targets.current(TestLake.ORDERS)).containsSame(known);
    }

    private TargetTables targets(Executor executor, List<String> newSchemas, Runnable asked) {
        LakeTables tables = new LakeTables(
                AskedCatalog.of(IcebergLake.catalog(settings), table -> asked.run()),
                settings,
                UnaryOperator.identity());
        RememberedTables remembered = new RememberedTables(tables, TestLake.NAMES.ledger());
        return new TargetTables(
                tables,
                new FirstLook(tables, remembered, Duration.ofMinutes(1), executor),
                TestLake.NAMES,
                new WriterSettings(1, 0, 0),
                new TargetTables.Looks(Duration.ZERO, executor),
                name -> newSchemas.add(name.full()));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

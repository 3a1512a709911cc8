package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LakeTablesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void letsSeveralCreateATableAtOnce(CatalogKind kind) throws Exception {
        TableSpec spec = TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (TestLake test = new TestLake(kind, folder)) {
            List<Callable<String>> creators = IntStream.range(0, 4)
                    .mapToObj(i -> test.open())
                    .<Callable<String>>map(lake -> () -> {
                        lake.create(spec);
                        return lake.table(TestLake.ORDERS).orElseThrow().incarnation();
                    })
                    .toList();

            for (Future<String> incarnation : threads.invokeAll(creators)) {
                assertThat(incarnation.get())
                        .isEqualTo(test.table(TestLake.ORDERS).uuid().toString());
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void createsNestedNamespaces(CatalogKind kind) {
        TableName deep = new TableName("lake.sales.emea.orders");
        try (TestLake test = new TestLake(kind, folder)) {
            Lake lake = test.open();

            lake.create(TestLake.spec(deep, TestLake.ONE_NUMBER));

            assertThat(lake.table(deep)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void listsTheTablesOfANamespaceAndTellsTheirProperties(CatalogKind kind) {
        TableName click = new TableName("lake.events.click");
        try (TestLake test = new TestLake(kind, folder)) {
            Lake lake = test.open();
            assertThat(lake.tables("lake.events")).isEmpty();

            lake.create(
                    new TableSpec(click, TestLake.ONE_NUMBER, List.of(), new TreeMap<>(Map.of("firn.by", "click"))));
            lake.create(TestLake.spec(new TableName("lake.other"), TestLake.ONE_NUMBER));

            assertThat(lake.tables("lake.events")).containsExactly(click);
            assertThat(lake.table(click).orElseThrow().properties()).containsEntry("firn.by", "click");
        }
    }

    @Test
    void letsTheUsersPropertiesWin() {
        try (TestLake test = new TestLake(CatalogKind.JDBC, folder)) {
            Lake lake = test.open();
            TableName plain = new TableName("sales.plain");
            lake.create(TestLake.spec(plain, TestLake.ONE_NUMBER));
            lake.create(new TableSpec(
                    TestLake.ORDERS,
                    TestLake.ONE_NUMBER,
                    List.of(),
                    new TreeMap<>(Map.of(
                            "write.parquet.compression-codec",
                            "snappy",
                            "write.metadata.previous-versions-max",
                            "3"))));

            assertThat(test.table(plain).properties())
                    .containsEntry("write.metadata.delete-after-commit.enabled", "true")
                    .containsEntry("write.metadata.previous-versions-max", "20")
                    .containsEntry("write.parquet.compression-codec", "zstd");
            assertThat(test.table(TestLake.ORDERS).properties())
                    .containsEntry("write.metadata.delete-after-commit.enabled", "true")
                    .containsEntry("write.metadata.previous-versions-max", "3")
                    .containsEntry("write.parquet.compression-codec", "snappy");
        }
    }

    @Test
    void saysThatATableHasAColumnThatItCannotWrite() {
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
            test.table(TestLake.ORDERS)
                    .updateSchema()
                    .addColumn("scores", Types.MapType.ofOptional(1, 2, Types.IntegerType.get(), Types.LongType.get()))
                    .commit();

            assertThatThrownBy(() -> lake.table(TestLake.ORDERS))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage(
                            "table `sales.orders` has a column that Firn can't write: `scores` is a `map<int, long>`");
        }
    }

    @Test
    void saysThatACatalogIsAway() throws Exception {
        String uri;
        try (ServerSocket free = new ServerSocket(0)) {
            uri = "http://localhost:" + free.getLocalPort();
        }
        IcebergLakeFactory factory = new IcebergLakeFactory(
                Map.of("type", new Text("rest"), "uri", new Text(uri)), TestLake.NAMES, TestLake.LIMITS);

        assertThatThrownBy(() -> factory.open(raw -> raw))
                .isInstanceOf(OutsideException.class)
                .hasMessageStartingWith("the `rest` catalog (uri `" + uri + "`) failed to open: ")
                .hasMessageContaining("Connection refused");
    }

    @Test
    void readsColumnsInTheOrderInWhichTheyAreAskedForAndStopsWhenTold() {
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(TestLake.spec(
                    TestLake.ORDERS,
                    new TableSchema(
                            List.of(Column.required("a", Primitive.LONG), Column.required("b", Primitive.STRING)))));
            ListedRows rows = new ListedRows(List.of(new ListedRows.Fields(1L, "x"), new ListedRows.Fields(2L, "y")));
            lake.commit(
                    TestLake.ORDERS, List.of(new StagedEpoch(1, 1, TestLake.stage(lake, 1, TestLake.ORDERS, rows))));
            List<Object> seen = new ArrayList<>();

            lake.read(TestLake.ORDERS, List.of("b", "a"), row -> {
                seen.addAll(row);
                return false;
            });

            assertThat(seen).containsExactly("x", 1L);
        }
    }
}

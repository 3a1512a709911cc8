package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.cli.testing.Cli;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What verbs say of the tables of a pipeline that has committed twice; what differs each time is masked. */
class TableLookVerbsTest {

    private static final String ORDERS = "sales.orders";

    @TempDir
    private static Path folder;

    private static PausedShop shop;

    @BeforeAll
    static void commitTwice() throws IOException {
        shop = new PausedShop(folder);
        shop.write(PausedShop.OLD);
        shop.write(PausedShop.OLD);
        shop.write(PausedShop.OLD);
        shop.barrier();
        shop.write(PausedShop.OLD);
        shop.write(PausedShop.OLD);
        shop.barrier();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void listsTheTablesOfAPipelinesCatalog() {
        Cli.Answer answer = table("list");

        assertThat(answer.exitCode()).isZero();
        assertThat(masked(answer.out()).replaceAll(" [0-9.]+ KiB", " 00.0 KiB"))
                .isEqualTo(
                        """
                        3 tables, times in UTC

                            table                  rows  files  deletes     bytes  last commit          pipelines
                            sales.firn_ledger         2      2        0  00.0 KiB  YYYY-MM-DD hh:mm:ss  -
                            sales.firn_quarantine     0      0        0       0 B  -                    -
                            sales.orders              5      2        0     858 B  YYYY-MM-DD hh:mm:ss  shop

                        Next:  firn table show FOLDER/orders.yaml sales.orders
                        """);
    }

    @Test
    void showsWhatATableIs() {
        Cli.Answer answer = table("show", ORDERS);

        assertThat(answer.exitCode()).isZero();
        assertThat(masked(answer.out()))
                .isEqualTo(
                        """
                        sales.orders, format version 2
                          file://FOLDER/lake/sales/orders
                          5 rows in 2 data files, 858 B
                          2 snapshots, the last of YYYY-MM-DD hh:mm:ss UTC
                          written by pipeline `shop`

                          Columns
                            id  column  type  required  comment
                             1  id      long  yes

                        Next:  firn table show --snapshots FOLDER/orders.yaml sales.orders
                        """);
    }

    @Test
    void showsEachCommitWithItsEpochAndItsOffsetsByTheLedger() {
        Cli.Answer answer = table("show --snapshots", ORDERS);

        assertThat(answer.exitCode()).isZero();
        assertThat(masked(answer.out()))
                .endsWith(
                        """
                          Snapshots, newest first
                            at   snapshot  operation  + rows  - rows  + files  - files
                            YYYY-MM-DD hh:mm:ss  ########  append          2       0        1        0
                              pipeline shop, run 1, epoch 2
                              read 2, of these 2 to this table; in all 2 routed
                              kafka/orders-0 3..5
                            YYYY-MM-DD hh:mm:ss  ########  append          3       0        1        0
                              pipeline shop, run 1, epoch 1
                              read 3, of these 3 to this table; in all 3 routed
                              kafka/orders-0 0..3
                        """);
    }

    @Test
    void tellsProgramsTheSame() throws IOException {
        Cli.Answer answer =
                table("show --format json --snapshots --files --partitions --manifests --refs --properties", ORDERS);

        assertThat(answer.exitCode()).isZero();
        JsonNode json = new ObjectMapper().readTree(answer.out());
        assertThat(json.at("/version").asInt()).isEqualTo(1);
        assertThat(json.at("/counts/rows").asLong()).isEqualTo(5);
        assertThat(json.at("/snapshots/0/ledger").toString())
                .isEqualTo("{\"first-epoch\":2,\"last-epoch\":2,\"read\":2,\"to-table\":2,\"outcomes\":{\"routed\":2},"
                        + "\"positions\":[{\"split\":\"kafka/orders-0\",\"from\":3,\"to\":5,\"read\":2}]}");
        assertThat(json.at("/snapshots/1/writer").toString())
                .isEqualTo("{\"pipeline\":\"shop\",\"run\":1,\"first-epoch\":1,\"last-epoch\":1}");
        assertThat(json.at("/snapshots/0/parent")).isEqualTo(json.at("/snapshots/1/snapshot"));
        assertThat(json.at("/files")).hasSize(2);
        assertThat(json.at("/partitions")).hasSize(1);
        assertThat(json.at("/manifests")).hasSize(2);
        assertThat(json.at("/refs/0/name").asText()).isEqualTo("main");
        assertThat(json.at("/properties/write.parquet.compression-codec").asText())
                .isEqualTo("zstd");
    }

    @Test
    void aLedgerThatIsGoneKeepsNobodyFromSeeingTheSnapshots() throws IOException {
        Path ledger = folder.resolve("lake/sales/firn_ledger");
        Path away = Files.move(ledger, folder.resolve("away"));
        try {
            Cli.Answer answer = table("show --snapshots", ORDERS);

            assertThat(answer.exitCode()).isZero();
            assertThat(answer.out().replaceAll("\\s+", " "))
                    .contains("pipeline shop, run 1, epoch 2")
                    .doesNotContain("kafka/orders-0")
                    .contains("note: what pipeline `shop` has read for its snapshots is not known:"
                            + " table `sales.firn_ledger` is not in the `hadoop` catalog");
        } finally {
            Files.move(away, ledger);
        }
    }

    @Test
    void aManifestThatIsGoneKeepsNobodyFromSeeingTheSnapshots() throws IOException {
        List<Path> manifests;
        try (Stream<Path> files = Files.list(folder.resolve("lake/sales/orders/metadata"))) {
            manifests = files.filter(file -> file.toString().endsWith(".avro")
                            && !file.getFileName().toString().matches("\\.?snap-.*"))
                    .toList();
        }
        assertThat(manifests).isNotEmpty();
        Path away = Files.move(manifests.get(0), folder.resolve("away"));
        try {
            Cli.Answer answer = table("show --snapshots", ORDERS);

            assertThat(answer.exitCode()).isZero();
            assertThat(answer.out().replaceAll("\\s+", " "))
                    .contains("5 rows in 2 data files, 858 B")
                    .contains("kafka/orders-0 3..5")
                    .contains("note: the counts are what the snapshot says itself, for its manifests can't be read: ");
            Cli.Answer verified = table("verify", ORDERS);
            assertThat(verified.exitCode()).isEqualTo(1);
            assertThat(verified.out()).startsWith("sales.orders: 1 fault\n").contains("  missing-manifest\n");
        } finally {
            Files.move(away, manifests.get(0));
        }
    }

    @Test
    void saysWhereBytesAre() {
        assertThat(table("size", ORDERS).out())
                .matches("(?s)sales.orders, .* in 9 files\\n.*data files of now +2 +858 B\\n.*metadata files +3 .*");
    }

    @Test
    void saysHowOldTheLastRowsAre() {
        assertThat(masked(table("freshness --within 2h", ORDERS).out()))
                .matches("As of YYYY-MM-DD hh:mm:ss, times in UTC\\n\\n"
                        + " +table +last rows +age +newest event +by +fresh\\n"
                        + " +sales.orders +YYYY-MM-DD hh:mm:ss +[0-9]+ s +- +- +yes\\n");
    }

    @Test
    void aTableThatNeverGotRowsIsNotFresh() {
        Cli.Answer answer = table("freshness --within 2h", ORDERS, "sales.firn_quarantine");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).contains("sales.firn_quarantine  -").endsWith("no\n");
    }

    @Test
    void saysHowWellATableIs() {
        Cli.Answer answer = table("health", ORDERS);

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .isEqualTo(
                        """
                        sales.orders: 100 of 100, well
                          2 data files, 0 delete files, 858 B

                            bytes of a data file    files  bytes
                            less than 1.0 MiB           2  858 B
                            1.0 MiB to 8.0 MiB          0    0 B
                            8.0 MiB to 32.0 MiB         0    0 B
                            32.0 MiB to 128.0 MiB       0    0 B
                            128.0 MiB to 512.0 MiB      0    0 B
                            512.0 MiB or more           0    0 B
                        """);
    }

    @Test
    void ranksAllTables() {
        Cli.Answer answer = table("health --all");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .startsWith("3 tables, 0 of them not well (less than 70 of 100)\n\n    score  table ")
                .contains("\n      100  sales.orders               2        0     858 B  -\n");
    }

    @Test
    void saysThatAllOfATableIsThere() {
        Cli.Answer answer = table("verify --footers", ORDERS);

        assertThat(answer)
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        sales.orders: all is there
                          looked at 2 snapshots, 2 manifests, 2 files and what each says of itself
                        """,
                        ""));
    }

    @Test
    void aTableThatCantBeOpenedKeepsNobodyFromSeeingTheOthers() throws IOException {
        TableName broken = new TableName("sales.refunds");
        TableSchema columns = new TableSchema(List.of(Column.required("id", Primitive.LONG)));
        shop.lake().create(new TableSpec(broken, columns, List.of(), new TreeMap<>()));
        shop.corrupt(broken);
        try {
            Cli.Answer list = table("list");
            Cli.Answer ranked = table("health --all");
            Cli.Answer verified = table("verify", broken.full());

            assertThat(list.exitCode()).isEqualTo(3);
            assertThat(list.out().replaceAll("\\s+", " "))
                    .startsWith("4 tables")
                    .contains(" sales.orders 5 2 ")
                    .contains("sales.refunds can't be read: the `hadoop` catalog")
                    .endsWith(" Next: firn table show " + folder.resolve("orders.yaml") + " sales.orders ");
            assertThat(ranked.exitCode()).isEqualTo(3);
            assertThat(ranked.out()).contains("sales.orders");
            assertThat(ranked.err()).contains("failed to load table `sales.refunds`");
            assertThat(verified.exitCode()).isEqualTo(3);
            assertThat(verified.err()).contains("failed to load table `sales.refunds`");
        } finally {
            try (Stream<Path> files = Files.walk(folder.resolve("lake/sales/refunds"))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "size", "freshness", "health", "verify"})
    void aTableThatIsNotThereIsTheArgumentsFault(String verb) {
        assertThat(table(verb, "sales.order"))
                .isEqualTo(
                        new Cli.Answer(2, "", "firn: there is no table `sales.order`; did you mean `sales.orders`?\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "size", "freshness", "health", "verify"})
    void aNameThatIsNoneIsTheArgumentsFault(String verb) {
        Cli.Answer answer = table(verb, "orders");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .startsWith("firn table " + verb
                        + ": `orders` is no table's full name, which has a dot at least, such as `shop.orders`\n");
    }

    @Test
    void aMomentThatIsNoneIsTheArgumentsFault() {
        assertThat(table("show --as-of yesterday", ORDERS))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: table `sales.orders` has no snapshot, branch or tag `yesterday`, and that is no time such as"
                                + " `2026-01-03T09:14:07Z`\n"));
    }

    @Test
    void aColumnWithoutTimesIsTheArgumentsFault() {
        assertThat(table("freshness --column id", ORDERS))
                .isEqualTo(
                        new Cli.Answer(2, "", "firn: column `id` of table `sales.orders` is no timestamp, but long\n"));
    }

    @Test
    void healthIsAskedOfOneTableOrOfAll() {
        assertThat(table("health").err()).startsWith("firn table health: say which TABLE, or `--all`");
        assertThat(table("health --all", ORDERS).err()).startsWith("firn table health: say which TABLE, or `--all`");
    }

    private static Cli.Answer table(String verb, String... tables) {
        List<String> words = Stream.of(
                        Stream.of(("table " + verb).split(" ", -1)),
                        Stream.of(folder.resolve("orders.yaml").toString()),
                        Stream.of(tables))
                .flatMap(some -> some)
                .toList();
        return firn(words.toArray(String[]::new));
    }

    private static String masked(String text) {
        return text.replace(folder.toString(), "FOLDER")
                // A snapshot's number has one figure less now and then.
                .replaceAll(" at {16,} snapshot ", " at   snapshot ")
                .replaceAll(" +\\b[0-9]{12,19}\\b", "  ########")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}", "YYYY-MM-DD hh:mm:ss");
    }
}

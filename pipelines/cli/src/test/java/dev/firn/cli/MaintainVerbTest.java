package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code firn maintain} says, of tables that are nobody's. */
class MaintainVerbTest {

    private static final String ALONE =
            "firn: a `hadoop` catalog on a local disk loses commits where two processes write: nobody else may write to its"
                    + " tables meanwhile\n";
    private static final Schema COLUMNS = new Schema(Types.NestedField.required(1, "n", Types.LongType.get()));

    @TempDir
    Path folder;

    private HadoopCatalog catalog;
    private Path file;

    @BeforeEach
    void makeTables() throws IOException {
        String lake = folder.resolve("lake").toAbsolutePath().toUri().toString();
        catalog = new HadoopCatalog(new Configuration(), lake);
        file = Files.writeString(
                folder.resolve("orders.yaml"),
                """
                pipeline: {name: shop}
                source:
                  type: kafka
                  topics: [orders]
                  properties: {bootstrap.servers: "nowhere:9092"}
                  format: {type: raw}
                route:
                  - {from: orders, to: shop.orders}
                sink: {type: iceberg, catalog: {type: hadoop, warehouse: "LAKE"}}
                """
                        .replace("LAKE", lake));
        Files.writeString(
                folder.resolve("firn.yaml"),
                "project: shop\ncatalogs:\n  lake: {type: hadoop, warehouse: \"" + lake + "\"}\n");
        for (String name : List.of("shop.orders", "shop.refunds", "theirs.orders")) {
            Table table = catalog.createTable(TableIdentifier.parse(name), COLUMNS);
            for (long n = 1; n <= 6; n++) {
                append(table, n);
            }
        }
    }

    private static void append(Table table, long n) throws IOException {
        DataWriter<Record> writer = new GenericAppenderFactory(COLUMNS, table.spec())
                .newDataWriter(
                        OutputFileFactory.builderFor(table, 0, n)
                                .format(FileFormat.PARQUET)
                                .build()
                                .newOutputFile(),
                        FileFormat.PARQUET,
                        null);
        try (writer) {
            GenericRecord row = GenericRecord.create(COLUMNS);
            row.setField("n", n);
            writer.write(row);
        }
        table.newAppend().appendFile(writer.toDataFile()).commit();
    }

    private List<Long> numbers(String name) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table(name)).build()) {
            rows.forEach(row -> numbers.add((Long) row.getField("n")));
        }
        return numbers.stream().sorted().toList();
    }

    private Table table(String name) {
        return catalog.loadTable(TableIdentifier.parse(name));
    }

    private Cli.Answer maintain(String... arguments) {
        List<String> all = new ArrayList<>(List.of("maintain"));
        all.addAll(Arrays.asList(arguments));
        Cli.Answer answer = Cli.firn(all.toArray(String[]::new));
        return new Cli.Answer(
                answer.exitCode(),
                answer.out().replaceAll("\\d+\\.\\d s\n", "_._ s\n").replaceAll("\\d+ B|\\d\\.\\d KiB", "_ KiB"),
                answer.err());
    }

    @Test
    void compactsTheTablesThatAreMeant() throws IOException {
        Cli.Answer answer = maintain("--tables", "shop.*", "--compact", file.toString());

        assertThat(answer.err()).isEqualTo(ALONE);
        assertThat(answer.out().replaceAll(" +", " "))
                .isEqualTo(
                        """
                         Table Files Size Deletes Snapshots Orphans Freed Took
                         shop.orders 6 -> 1 _ KiB -> _ KiB 0 - - - _._ s
                         shop.refunds 6 -> 1 _ KiB -> _ KiB 0 - - - _._ s
                        """);
        assertThat(answer.exitCode()).isZero();
        assertThat(numbers("shop.orders")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(table("theirs.orders").currentSnapshot().summary()).containsEntry("total-data-files", "6");
    }

    @Test
    void showsWhatGoesAndNeedsAnAnswer() {
        Cli.Answer answer = maintain("--tables", "shop.orders", "--expire", "1ms", "--keep", "2", file.toString());

        assertThat(answer.out().replaceAll(" +", " "))
                .isEqualTo(
                        """
                         Table Files Size Deletes Snapshots Orphans Freed Took
                         shop.orders - - - 6 -> 2 - _ KiB _._ s
                        nothing was changed
                        """);
        assertThat(answer.err()).isEqualTo(ALONE + "firn: nothing was changed; without a terminal it needs `--yes`\n");
        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(table("shop.orders").snapshots()).hasSize(6);
    }

    @Test
    void expiresWithoutAQuestion() throws IOException {
        Cli.Answer answer = maintain(
                "--tables",
                "shop.orders,theirs.*",
                "--expire",
                "1ms",
                "--keep",
                "2",
                "--yes",
                "--format",
                "json",
                file.toString());

        assertThat(answer.err()).isEqualTo(ALONE);
        assertThat(answer.out())
                .contains("\"version\" : 1")
                .contains("\"dry-run\" : false")
                .contains("\"table\" : \"theirs.orders\"")
                .contains("\"snapshots-before\" : 6,\n        \"snapshots\" : 4");
        assertThat(answer.exitCode()).isZero();
        assertThat(table("shop.orders").snapshots()).hasSize(2);
        assertThat(numbers("shop.orders")).hasSize(6);
    }

    @Test
    void findsNoSuchTable() {
        Cli.Answer answer = maintain("--tables", "shop.order", "--compact", file.toString());

        assertThat(answer.err()).isEqualTo(ALONE + "firn maintain: no table is called `shop.order`\n");
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    @Test
    void wantsToBeToldWhat() {
        Cli.Answer answer = maintain("--tables", "*", file.toString());

        assertThat(answer.err())
                .startsWith("firn maintain: say what is to be done: `--compact`, `--expire AGE`, `--orphans AGE`\n");
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    @Test
    void knowsNoSuchCatalog() {
        Cli.Answer answer = maintain("--tables", "*", "--compact", "lakes");

        assertThat(answer.err())
                .startsWith("firn: there is no catalog `lakes`, for there is no `firn.yaml` here or above");
        assertThat(answer.exitCode()).isEqualTo(2);
    }
}

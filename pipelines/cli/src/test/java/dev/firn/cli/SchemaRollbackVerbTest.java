package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.LivePlanContext;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said before a table is taken back, and what is refused. */
class SchemaRollbackVerbTest {

    private static final TableSchema FIRST = new TableSchema(List.of(
            Column.required("id", Primitive.LONG),
            Column.required("cust", Primitive.STRING),
            Column.required("n", Primitive.INT)));
    private static final TableSchema SECOND = new TableSchema(List.of(
            Column.required("id", Primitive.LONG),
            Column.required("customer", Primitive.STRING),
            Column.required("n", Primitive.LONG),
            Column.optional("note", Primitive.STRING)));

    private static final String PLAN =
            """
            sales.orders: back to version 1 of orders-value

              goes from SELECT *
                note  string  since version 2

              gets its name back
                customer -> cust

              stays as it is
                n       is long; version 1 has int
                theirs  no record that came has it: somebody else has added it, or a plan has

              with the next record
                version 2  goes to quarantine, as all of its records do
                version 3  goes to quarantine, as all of its records do; none has come yet
              a version that is registered later is judged as if these had never been
              rows stay, and so do files: snapshots of before still show what goes, to whoever asks for them; a
                column of the same name that comes later is another one, and empty for rows of before
            """;

    private final Registry registry = new Registry();
    private final Path folder = Path.of("target/sr");

    @BeforeEach
    void start() throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
        Files.createDirectories(folder);
        registry.register("orders-value", record("id long", "cust string", "n int"));
        registry.register("orders-value", record("id long", "customer<cust string", "n long", "note string?"));
        registry.register("orders-value", record("id long", "customer string", "n long", "note string?", "x int?"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void showsWhatReadersWillSeeAndChangesNothingUnlessItMay() throws IOException {
        String file = pipelineThatHasRun();
        Table table = written();

        assertThat(rollback(file, "--to", "1"))
                .isEqualTo(new Cli.Answer(4, PLAN, "firn: nothing was changed; without a terminal it needs `--yes`\n"));

        table.refresh();
        assertThat(table.schema().columns()).hasSize(5);
        assertThat(table.properties().keySet()).noneMatch(property -> property.contains(".rolled-back."));
    }

    @Test
    void takesTheTableBackAndLetsItGoOn() throws IOException {
        String file = pipelineThatHasRun();
        Table table = written();

        assertThat(rollback(file, "--to", "1", "--yes"))
                .isEqualTo(
                        new Cli.Answer(
                                0,
                                PLAN
                                        + "sales.orders is back at version 1 of orders-value: 1 column went, 1 has its name back,"
                                        + " 2 versions are held back\n",
                                "read on with: firn run orders.yaml\n"
                                        + "let newer versions go on with: firn schema rollback --undo orders.yaml sales.orders\n"));

        table.refresh();
        assertThat(table.schema().columns())
                .extracting(Types.NestedField::name)
                .containsExactly("id", "cust", "n", "theirs");
        assertThat(rollback(file, "--to", "1"))
                .isEqualTo(new Cli.Answer(
                        0,
                        "",
                        "`sales.orders` is at version 1 of orders-value, and newer ones are held back: there is nothing to"
                                + " take back\n"));
        assertThat(rollback(file, "--to", "2"))
                .isEqualTo(new Cli.Answer(
                        1,
                        "",
                        "firn: table `sales.orders` was taken back from version 2 to version 1; `--undo` lets the newer"
                                + " versions go on\n"));
        Cli.Answer history = local(firn("schema", "history", file, "sales.orders"));
        assertThat(history.out())
                .contains("orders-value 3 -> 1  shop, run ")
                .contains("    rollback             version 3 -> version 1  apply  firn schema rollback\n")
                .contains("    drop-column    note  string ->               apply  firn schema rollback\n")
                .contains("    rename-column  cust  customer -> cust        apply  firn schema rollback\n");

        String undo =
                """
                sales.orders is held back from
                    orders-value 2 -> 1
                    orders-value 3 -> 1
                  their next records change the table again, as `schema-evolution` says: columns that went come as
                    new ones, empty for rows of before, and names change again
                """;
        assertThat(rollback(file, "--undo"))
                .isEqualTo(new Cli.Answer(4, undo, "firn: nothing was changed; without a terminal it needs `--yes`\n"));
        assertThat(rollback(file, "--undo", "--yes"))
                .isEqualTo(new Cli.Answer(
                        0,
                        undo + "sales.orders goes on: 2 versions are not held back any more\n",
                        "read on with: firn run orders.yaml\n"));
        assertThat(rollback(file, "--undo"))
                .isEqualTo(new Cli.Answer(
                        0, "", "`sales.orders` is held back from no version: there is nothing to undo\n"));
    }

    /** Who asks what the newest version would do is told that it is held back, and how it can go on. */
    @Test
    void plansSayThatNewerVersionsAreHeldBack() throws IOException {
        String file = pipelineThatHasRun();
        written();
        assertThat(rollback(file, "--to", "1", "--yes").exitCode()).isZero();

        Path third = Files.writeString(
                folder.resolve("third.avsc"), record("id long", "customer string", "n long", "note string?", "x int?"));
        Cli.Answer plan = local(firn("schema", "plan", "--schema", third.toString(), file));

        assertThat(plan.exitCode()).isOne();
        assertThat(plan.out())
                .contains("sales.orders: takes none of its records; they go to quarantine\n")
                .contains("taken back from version 3 of `orders-value`");
    }

    @Test
    void saysItToProgramsToo() throws IOException {
        String file = pipelineThatHasRun();
        written();

        Cli.Answer answer = rollback(file, "--to", "1", "--format", "json");

        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.out().replaceAll("[0-9a-f]{16}", "FINGERPRINT"))
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "table" : "sales.orders",
                          "subject" : "orders-value",
                          "to" : 1,
                          "done" : false,
                          "gone" : [
                            {
                              "id" : 4,
                              "path" : "note",
                              "type" : "string",
                              "since" : "2"
                            }
                          ],
                          "renamed" : [
                            {
                              "id" : 2,
                              "path" : "customer",
                              "to" : "cust"
                            }
                          ],
                          "stays" : [
                            {
                              "path" : "n",
                              "why" : "is long; version 1 has int"
                            },
                            {
                              "path" : "theirs",
                              "why" : "no record that came has it: somebody else has added it, or a plan has"
                            }
                          ],
                          "without-column" : [ ],
                          "held-back" : [
                            {
                              "version" : "2",
                              "fingerprint" : "FINGERPRINT",
                              "written" : true
                            },
                            {
                              "version" : "3",
                              "fingerprint" : "FINGERPRINT",
                              "written" : false
                            }
                          ],
                          "obstacles" : [ ]
                        }
                        """);
        assertThat(rollback(file, "--to", "1", "--format", "json", "--yes").out())
                .contains("\"done\" : true");
        assertThat(rollback(file, "--undo", "--format", "json", "--yes").out())
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "table" : "sales.orders",
                          "done" : true,
                          "held-back" : [
                            "orders-value 2 -> 1",
                            "orders-value 3 -> 1"
                          ]
                        }
                        """);
    }

    @Test
    void whatCanNotBeDoneIsAnsweredWithNo() throws IOException {
        String file = pipelineThatHasRun();
        assertThat(rollback(file, "--to", "1"))
                .isEqualTo(new Cli.Answer(1, "", "firn: there is no table `sales.orders`\n"));
        Table table = written();
        table.updateProperties()
                .set("firn.returns.binding." + fingerprint(SECOND, Map.of("customer", List.of("cust"))), "1-4")
                .commit();

        assertThat(rollback(file, "--to", "1"))
                .isEqualTo(
                        new Cli.Answer(1, "", "firn: column `note` would go, and pipeline `returns` writes to it\n"));
        assertThat(rollback(file, "--to", "3"))
                .isEqualTo(new Cli.Answer(
                        1,
                        "",
                        "firn: no record of version 3 of `orders-value` has come to table `sales.orders`, so it never had"
                                + " that schema\n"));
    }

    @Test
    void aPipelineThatHasNotRunHasNothingToTakeBack() throws IOException {
        String file = pipeline();
        written();

        assertThat(rollback(file, "--to", "1"))
                .isEqualTo(new Cli.Answer(
                        1, "", "firn: there is no ledger `sales.firn_ledger`: the pipeline has not run yet\n"));
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws IOException {
        String file = pipelineThatHasRun();
        written();

        assertThat(rollback(file, "--to", "7"))
                .isEqualTo(new Cli.Answer(2, "", "firn: `orders-value` has no version 7, but 1, 2, 3\n"));
        assertThat(rollback(file, "--to", "1", "--subject", "orders-key").exitCode())
                .isEqualTo(2);
        assertThat(rollback(file).exitCode()).isEqualTo(2);
        assertThat(rollback(file).err()).startsWith("firn schema rollback: it takes `--to V` or `--undo`");
        assertThat(rollback(file, "--to", "1", "--undo").exitCode()).isEqualTo(2);
        assertThat(rollback(file, "--undo", "--topic", "orders").exitCode()).isEqualTo(2);
        table("other", new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
        assertThat(local(firn("schema", "rollback", "--to", "1", file, "sales.other")))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn: the pipeline has no table `sales.other`; it has `sales.orders`\n"));
        assertThat(firn("schema", "rollback", "--to", "1", file, "orders").exitCode())
                .isEqualTo(2);
    }

    @Test
    void saysThatTheRegistryIsAway() throws IOException {
        String file = pipelineThatHasRun();
        written();
        registry.close();

        Cli.Answer answer = rollback(file, "--to", "1");

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void isDocumented() throws IOException {
        assertThat(Files.readString(Path.of("../../docs/schema-rollback.md"))).contains("\n```\n" + PLAN + "```\n");
    }

    private Cli.Answer rollback(String file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("schema", "rollback"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(file, "sales.orders"));
        return local(firn(arguments.toArray(String[]::new)));
    }

    /** As if called in the folder. */
    private Cli.Answer local(Cli.Answer answer) {
        return new Cli.Answer(
                answer.exitCode(),
                answer.out().replace(folder + "/", ""),
                answer.err().replace(folder + "/", ""));
    }

    /** As two versions have made it, and somebody else. */
    private Table written() {
        Table table = table(
                "orders",
                new Schema(
                        Types.NestedField.required(1, "id", Types.LongType.get()),
                        Types.NestedField.required(2, "customer", Types.StringType.get()),
                        Types.NestedField.required(3, "n", Types.LongType.get()),
                        Types.NestedField.optional(4, "note", Types.StringType.get()),
                        Types.NestedField.optional(5, "theirs", Types.LongType.get())));
        table.updateProperties()
                .set("firn.shop.binding." + fingerprint(FIRST, Map.of()), "1-3")
                .set("firn.shop.binding." + fingerprint(SECOND, Map.of("customer", List.of("cust"))), "1-4")
                .commit();
        return table;
    }

    private static String fingerprint(TableSchema columns, Map<String, List<String>> formerNames) {
        return WriterSchema.of(columns, new TreeMap<>(formerNames), new TreeMap<>())
                .fingerprint();
    }

    private Table table(String name, Schema columns) {
        return new HadoopCatalog(new Configuration(), lake())
                .createTable(TableIdentifier.of("sales", name), columns, PartitionSpec.unpartitioned(), Map.of());
    }

    /** Fields such as {@code id long}, {@code note string?} and {@code b<a int}. */
    private static String record(String... fields) {
        List<String> all = new ArrayList<>();
        for (String field : fields) {
            String[] parts = field.split("[ <]", -1);
            boolean isOptional = field.endsWith("?");
            String type = "\"" + parts[parts.length - 1].replace("?", "") + "\"";
            all.add("{\"name\": \"" + parts[0] + "\", \"type\": "
                    + (isOptional ? "[\"null\", " + type + "], \"default\": null" : type)
                    + (parts.length == 3 ? ", \"aliases\": [\"" + parts[1] + "\"]" : "") + "}");
        }
        return "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [" + String.join(", ", all) + "]}";
    }

    private String pipelineThatHasRun() throws IOException {
        String file = pipeline();
        PipelineFile read = new EnvironmentArgument().pipeline(Path.of(file));
        PipelineDefinition definition = read.read().orElseThrow();
        try (LivePlanContext context = LivePlanContext.open(
                definition, read.connectors(), SystemReferences.ofThisProcess(), new Diagnostics())) {
            assertThat(context.lake().orElseThrow().ledger().read().lastEpoch()).isZero();
        }
        return file;
    }

    private String pipeline() throws IOException {
        return Files.writeString(
                        folder.resolve("orders.yaml"),
                        """
                        pipeline: {name: shop}
                        source:
                          type: kafka
                          topics: [orders]
                          properties: {bootstrap.servers: "${env:NOBODY}"}
                          format: {type: avro, registry: {url: "REGISTRY"}}
                        route:
                          - {from: orders, to: sales.orders}
                        sink: {type: iceberg, namespace: sales, catalog: {type: hadoop, warehouse: "LAKE"}}
                        """
                                .replace("REGISTRY", registry.url())
                                .replace("LAKE", lake()))
                .toString();
    }

    private String lake() {
        return folder.resolve("lake").toAbsolutePath().toUri().toString();
    }
}

package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import dev.firn.definition.reference.SystemReferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas from a registry into files, and plans that are made with them. */
class SchemaPullVerbTest {

    private static final String ORDER =
            """
            {"type": "record", "name": "Order", "fields": [
              {"name": "order_id", "type": "long"},
              {"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "quantity", "type": "int"}]}
            """;

    private static final String NEXT = ORDER.replace(
            "{\"name\": \"quantity\", \"type\": \"int\"}",
            "{\"name\": \"quantity\", \"type\": \"long\"}, {\"name\": \"coupon\", \"type\": [\"null\", \"string\"], \"default\": null}");

    private static final String FILE =
            """
            pipeline: {name: shop}
            source:
              type: kafka
              topics: [orders]
              properties: {bootstrap.servers: "${env:FIRN_PULL_KAFKA}"}
              format: {type: avro, registry: {url: "${env:FIRN_PULL_REGISTRY}"}}
            route:
              - {from: "*", to: shop.$stream}
            tables:
              - {table: shop.*, partition-by: day(placed_at)}
            sink: {type: iceberg, catalog: {type: hadoop, warehouse: "file:/lake"}}
            """;

    private static final String REGISTRY = SystemReferences.PROPERTY_PREFIX + "FIRN_PULL_REGISTRY";

    private final Registry registry = new Registry();

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void start() throws IOException {
        System.setProperty(REGISTRY, registry.url());
        registry.register("orders-value", ORDER);
        file = file("shop.yaml", FILE);
    }

    @AfterEach
    void stop() {
        System.clearProperty(REGISTRY);
        registry.close();
    }

    @Test
    void writesThemAndTellsWhatIsNew() {
        assertThat(firn("schema", "pull", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        "orders-value  version 1  new, as orders-value.avsc\n\nwritten to `" + schemas()
                                + "`; next: firn plan --offline " + file + "\n",
                        ""));
        assertThat(schemas().resolve("orders-value.avsc")).exists();
    }

    @Test
    void findsNothingNewTheSecondTimeAndLaterWhatHasChanged() {
        firn("schema", "pull", file);

        assertThat(firn("schema", "pull", file)).isEqualTo(new Cli.Answer(0, "nothing new in 1 schema\n", ""));
        registry.register("orders-value", NEXT);
        assertThat(firn("schema", "pull", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        orders-value  version 1 -> 2  changed
                          widen-type  quantity  int -> long
                          add-column  coupon    string, optional, default null

                        written to `%s`; next: firn plan --offline %s
                        """
                                .formatted(schemas(), file),
                        ""));
    }

    @Test
    void tellsProgramsTheSame() {
        firn("schema", "pull", file);
        registry.register("orders-value", NEXT);

        assertThat(firn("schema", "pull", "--format", "json", file).out())
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "folder" : "%s",
                          "schemas" : [
                            {
                              "action" : "change",
                              "file" : "orders-value.avsc",
                              "registry" : "${env:FIRN_PULL_REGISTRY}",
                              "subject" : "orders-value",
                              "version" : 2,
                              "id" : 102,
                              "was-version" : 1,
                              "changes" : [
                                {
                                  "kind" : "widen-type",
                                  "path" : "quantity",
                                  "detail" : "int -> long"
                                },
                                {
                                  "kind" : "add-column",
                                  "path" : "coupon",
                                  "detail" : "string, optional, default null"
                                }
                              ]
                            }
                          ]
                        }
                        """
                                .formatted(schemas()));
    }

    @Test
    void pullsAllOrNothing() throws IOException {
        file = file("shop.yaml", FILE.replace("[orders]", "[orders, refunds]"));

        Cli.Answer answer = firn("schema", "pull", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(inALine(answer.err()))
                .isEqualTo(file + ":4:20: error[subject-not-found]: the registry at `" + registry.url()
                        + "` has no subject `refunds-value` at source (kafka) 4 | topics: [orders, refunds] | ^^^^^^^"
                        + " fix: register the topic's value schema under `refunds-value`, or check the topic's name"
                        + " help: firn help subject-not-found 1 error");
        assertThat(schemas()).doesNotExist();
    }

    @Test
    void asksNobodyButTheRegistry() {
        registry.close();

        Cli.Answer answer = firn("schema", "pull", file);

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith(file + ":6:34: error[registry-unreachable]: the registry at `" + registry.url()
                        + "` can't say the latest version of subject `orders-value`: ")
                .endsWith("\n1 error\n");
        assertThat(schemas()).doesNotExist();
    }

    @Test
    void saysWhereAReferenceLeadsNowhere() {
        System.clearProperty(REGISTRY);

        Cli.Answer answer = firn("schema", "pull", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .startsWith(
                        file
                                + ":6:40: error[unresolved-reference]: reference `${env:FIRN_PULL_REGISTRY}` can't be resolved: ");
    }

    @Test
    void doesNotWriteOverWhatIsNotItsOwn() throws IOException {
        Files.createDirectories(schemas());
        Files.writeString(schemas().resolve("orders-value.avsc"), "mine");

        assertThat(firn("schema", "pull", file))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: `" + schemas().resolve("orders-value.avsc")
                                + "` is there, and `firn schema pull` has not written it: move it away, or pull into another"
                                + " folder with `--to`\n"));
        assertThat(firn("schema", "pull", "--to", folder.resolve("other").toString(), file)
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("other/orders-value.avsc")).exists();
    }

    @Test
    void keepsWhatNobodyReadsAnyMore() throws IOException {
        registry.register("refunds-value", ORDER);
        file("shop.yaml", FILE.replace("[orders]", "[orders, refunds]"));
        firn("schema", "pull", file);
        file("shop.yaml", FILE);

        assertThat(firn("schema", "pull", file).out())
                .startsWith(
                        "refunds-value  version 1  no stream reads it any more; `--prune` removes refunds-value.avsc\n\n"
                                + "nothing new in 1 schema\n");
        assertThat(firn("schema", "pull", "--prune", file).out())
                .startsWith("refunds-value  version 1  no stream reads it any more; removed\n");
        assertThat(schemas().resolve("refunds-value.avsc")).doesNotExist();
    }

    @Test
    void aPlanIsMadeWithThem() {
        Cli.Answer without = firn("plan", "--offline", file);
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.out()).isEmpty();
        assertThat(inALine(without.err()))
                .isEqualTo(file + ":4:12: error[schema-not-pulled]: there is no folder `" + schemas()
                        + "` with pulled schemas, so the columns of `orders` are unknown at source (kafka) 4 | topics: [orders]"
                        + " | ^^^^^^ fix: firn schema pull " + file + " help: firn help schema-not-pulled 1 error");
        firn("schema", "pull", file);

        assertThat(firn("plan", "--offline", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        pipeline shop · parallelism 1 · a checkpoint every 30s

                          source kafka
                            reads    orders
                            promise  exactly once, read_committed, from earliest

                          tables
                            catalog not asked  shop.orders   3 columns  day(placed_at)  from kafka/orders

                          sink iceberg
                            ledger      shop.firn_ledger
                            quarantine  shop.firn_quarantine
                        """,
                        ""));
    }

    @Test
    void aLintChecksColumnsWithThem() throws IOException {
        file("shop.yaml", FILE.replace("day(placed_at)", "day(placed)"));
        assertThat(firn("lint", file)).isEqualTo(new Cli.Answer(0, file + ": ok\n", ""));
        firn("schema", "pull", file);

        Cli.Answer answer = firn("lint", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).startsWith(file + ":10:35: error[partition-column-missing]: ");
    }

    @Test
    void aLintSaysWhichAreMissing() throws IOException {
        firn("schema", "pull", file);
        file("shop.yaml", FILE.replace("[orders]", "[orders, refunds]"));

        Cli.Answer answer = firn("lint", file);

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .startsWith(file + ":4:20: warning[schema-not-pulled]: ")
                .contains("fix: firn schema pull " + file);
        Cli.Answer plan = firn("plan", "--offline", file);
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out()).contains("shop.refunds  columns unknown");
        assertThat(plan.err()).contains("warning[schema-not-pulled]");
    }

    @Test
    void aBrokenFileIsToldWithItsPlace() throws IOException {
        firn("schema", "pull", file);
        Path broken = schemas().resolve("orders-value.avsc");
        Files.writeString(broken, "{\n<<<<<<< ours\n");

        for (String[] verb : new String[][] {{"lint", file}, {"plan", "--offline", file}}) {
            Cli.Answer answer = firn(verb);

            assertThat(answer.exitCode()).isEqualTo(2);
            assertThat(answer.out() + answer.err())
                    .startsWith(broken + ":2:1: error[broken-schema-file]: ")
                    .contains(" 2 | <<<<<<< ours\n   | ^\n")
                    .endsWith("\n1 error\n");
        }
        assertThat(firn("schema", "pull", file).exitCode()).isZero();
        assertThat(firn("lint", file).exitCode()).isZero();
    }

    /** Paths of temporary folders break lines where they like. */
    private static String inALine(String page) {
        return page.replaceAll("\\s+", " ").strip();
    }

    private Path schemas() {
        return folder.resolve("schemas");
    }

    @Test
    void pullsIntoTheProjectsFolderAndPlansFromItInAnEnvironment() throws IOException {
        file(
                "firn.yaml",
                """
                project: acme
                environments:
                  dev:
                  prod: {pipeline: {parallelism: 4}}
                schemas: shared
                """);

        Cli.Answer pulled = firn("schema", "pull", "--env", "prod", file);

        assertThat(pulled.out())
                .contains(
                        "written to `" + folder.resolve("shared") + "`; next: firn plan --offline --env prod " + file);
        assertThat(folder.resolve("shared/pulled.json")).exists();
        assertThat(firn("plan", "--offline", "--env", "prod", file).out())
                .startsWith(
                        "pipeline shop · parallelism 4 · a checkpoint every 30s\nproject acme · environment prod\n");
        assertThat(firn("plan", "--offline", "--format", "json", file).out())
                .contains("\"pipeline\" : \"shop\",\n  \"project\" : \"acme\",\n  \"environment\" : \"dev\",");
        assertThat(firn("lint", file).out()).isEqualTo(file + ": ok\n");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}

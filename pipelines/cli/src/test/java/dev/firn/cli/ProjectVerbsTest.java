package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipeline files below a project file. */
class ProjectVerbsTest {

    private static final String PROJECT =
            """
            project: shop
            catalogs:
              lake: {type: rest, uri: "${env:CATALOG_URI}"}
            environments:
              dev:
                catalogs: {lake: {type: hadoop, warehouse: ./.lake}}
              prod:
                pipeline: {parallelism: 16, checkpoint-interval: 2m}
            """;

    private static final String ORDERS =
            """
            pipeline: {name: orders}
            source:
              type: kafka
              topics: [orders]
              properties: {bootstrap.servers: "${env:KAFKA}"}
              format: {type: avro, registry: {url: "${env:REGISTRY}"}}
            route:
              - {from: orders, to: sales.orders}
            tables:
              - {table: sales.*, commit-interval: 1m}
            sink: {type: iceberg, catalog: lake}
            """;

    private static final String SUPPRESSING = ORDERS.replace(
                    "{name: orders}", "{name: orders, suppress: {unmatched-table-entry: next release}}")
            .replace("tables:", "tables:\n  - {table: sales.refunds, sort-by: id}");

    @TempDir
    private Path folder;

    private String project = "";

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        project = file("firn.yaml", PROJECT);
    }

    @Test
    void checksUnderEveryEnvironmentAndNamesTheOnesThatAComplaintIsFor() throws IOException {
        String file = file("pipelines/orders.yaml", ORDERS);
        String page = file
                + """
                :10:39: warning[commit-interval-too-short]: a `commit-interval` of 1m changes nothing: rows are committed at \
                checkpoints, and there is one every 2m
                  at tables (sales.*), in environment prod
                 10 |   - {table: sales.*, commit-interval: 1m}
                    |                                       ^^
                    fix: remove it, or shorten `checkpoint-interval` of the pipeline
                    help: firn help commit-interval-too-short

                1 warning
                """;

        assertThat(firn("lint", file)).isEqualTo(new Cli.Answer(0, page, ""));
        assertThat(firn("lint", "--env", "prod", file))
                .isEqualTo(new Cli.Answer(0, page.replace(", in environment prod", ""), ""));
        assertThat(firn("lint", "--env", "dev", file)).isEqualTo(new Cli.Answer(0, file + ": ok\n", ""));
    }

    @Test
    void findsAnErrorThatOneEnvironmentAloneHas() throws IOException {
        file("firn.yaml", PROJECT.replace("parallelism: 16", "flink: {execution.checkpointing.interval: 1s}"));
        String file = file("orders.yaml", ORDERS.replace("1m", "5m"));

        Cli.Answer answer = firn("lint", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out())
                .startsWith(project + ":8:58: error[reserved-flink-setting]: ")
                .contains("\n  at pipeline, in environment prod\n", "\n1 error\n");
        assertThat(firn("lint", "--env", "dev", file).exitCode()).isZero();
    }

    @Test
    void saysOnceWhatHoldsInEveryEnvironment() throws IOException {
        String file = file("orders.yaml", ORDERS.replace("1m", "5m").replace("topics:", "tpoics:"));

        assertThat(firn("lint", file).out()).contains("\n  at source (kafka)\n").endsWith("\n1 error\n");
    }

    @Test
    void namesAllOfSeveralEnvironmentsThatAComplaintIsFor() throws IOException {
        file("firn.yaml", PROJECT + "  test:\n    pipeline: {checkpoint-interval: 2m}\n");
        String file = file("orders.yaml", ORDERS);

        assertThat(firn("lint", file).out()).contains("\n  at tables (sales.*), in environments prod, test\n");
    }

    @Test
    void doesNotSayOfAPlanThatOneEnvironmentAloneHasItWhereTheOtherHasNoPlan() throws IOException {
        file("firn.yaml", PROJECT.replace("catalogs:\n  lake:", "catalogs:\n  other:"));
        String file = file("orders.yaml", ORDERS.replace("sales.*, commit-interval: 1m", "sales.refunds, sort-by: id"));

        assertThat(firn("lint", file).out())
                .contains("error[unknown-catalog]", "\n  at sink (iceberg), in environment prod\n")
                .contains("warning[unmatched-table-entry]", "\n  at tables (sales.refunds)\n");
    }

    @Test
    void countsWhatIsSuppressedAndShowsItWhenAsked() throws IOException {
        String file = file("orders.yaml", SUPPRESSING.replace("1m", "5m"));

        assertThat(firn("lint", file)).isEqualTo(new Cli.Answer(0, file + ": ok, 1 warning suppressed\n", ""));
        assertThat(firn("lint", "--verbose", file).out())
                .isEqualTo(file
                        + """
                        :10:13: warning[unmatched-table-entry], suppressed: no stream is routed to a table that `sales.refunds` selects
                          at tables (sales.refunds)
                          reason: next release

                        """
                        + file
                        + ": ok, 1 warning suppressed\n");
        assertThat(firn("lint", "--format", "json", file).out())
                .contains("\"code\":\"unmatched-table-entry\"", "\"suppressed\":\"next release\"}");
        assertThat(firn("lint", file("too.yaml", SUPPRESSING)).out()).endsWith("\n1 warning, 1 warning suppressed\n");
    }

    @Test
    void refusesToSuppressWhatThereIsNot() throws IOException {
        String file = file("orders.yaml", SUPPRESSING.replace("unmatched-table-entry", "unmatched-table-entri"));

        Cli.Answer answer = firn("lint", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out())
                .startsWith(file + ":1:37: error[invalid-suppression]: there is no code `unmatched-table-entri`\n")
                .contains("fix: write `unmatched-table-entry`");
        // A reason for quarantine is no complaint.
        assertThat(firn("lint", file("too.yaml", SUPPRESSING.replace("unmatched-table-entry", "table-gone")))
                        .out())
                .contains("there is no code `table-gone`");
    }

    @Test
    void doesNotSuppressAnError() throws IOException {
        String file = file(
                "orders.yaml",
                SUPPRESSING
                        .replace("unmatched-table-entry", "reserved-flink-setting")
                        .replace("{name: orders, ", "{name: orders, flink: {execution.checkpointing.interval: 1s}, "));

        Cli.Answer answer = firn("lint", "--env", "dev", file);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out())
                .contains(
                        "error[reserved-flink-setting]",
                        "error[invalid-suppression]: `reserved-flink-setting` is an error here, and an error can't be suppressed");
    }

    @Test
    void answersThatThereIsNoSuchEnvironment() throws IOException {
        String file = file("orders.yaml", ORDERS);
        String page = project
                + """
                :5:3: error[unknown-environment]: the project has no environment `prd`
                 5 |   dev:
                   |   ^^^
                   expected: one of `dev`, `prod`
                   fix: say `--env prod`                                      help: firn help unknown-environment

                1 error
                """;

        assertThat(firn("lint", "--env", "prd", file)).isEqualTo(new Cli.Answer(2, page, ""));
        for (String verb : new String[] {"plan", "run", "audit"}) {
            assertThat(firn(verb, "--env", "prd", file)).isEqualTo(new Cli.Answer(2, "", page));
        }
        assertThat(firn("rewind", "--to", "1", "--env", "prd", file)).isEqualTo(new Cli.Answer(2, "", page));
        assertThat(firn("schema", "pull", "--env", "prd", file)).isEqualTo(new Cli.Answer(2, "", page));
    }

    @Test
    void checksTheProjectFileItself() throws IOException {
        assertThat(firn("lint", project)).isEqualTo(new Cli.Answer(0, project + ": ok\n", ""));

        file("firn.yaml", PROJECT.replace("project:", "name:"));

        assertThat(firn("lint", project).out()).contains("error[unknown-option]: unknown option `name`", "\n1 error\n");
        assertThat(firn("plan", project).err()).contains("is the project file, which several pipelines share");
    }

    @Test
    void doesNotMindTheClusterOfAnEnvironment() throws IOException {
        file("firn.yaml", PROJECT + "    cluster: https://flink:8081\n");
        String file = file("orders.yaml", ORDERS.replace("1m", "5m"));

        assertThat(firn("lint", file)).isEqualTo(new Cli.Answer(0, file + ": ok\n", ""));
        assertThat(firn("lint", project)).isEqualTo(new Cli.Answer(0, project + ": ok\n", ""));
    }

    @Test
    void looksForSchemasWhereTheProjectSays() throws IOException {
        file("firn.yaml", PROJECT + "schemas: shared\n");
        String file = file("pipelines/orders.yaml", ORDERS.replace("1m", "5m"));
        assertThat(firn("plan", "--offline", "--env", "prod", file).err())
                .contains(
                        "there is no folder `" + folder.resolve("shared") + "` with pulled schemas",
                        "fix: firn schema pull --env prod " + file);
    }

    @Test
    void showsTheSettingsOfOneTableAndTheLinesThatSayThem() throws IOException {
        String file = file("orders.yaml", ORDERS.replace("1m", "5m"));

        assertThat(firn("plan", "--offline", "--table", "sales.orders", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        table sales.orders

                          entries of `tables:` that select it; a later one wins
                            sales.*  FILE:10

                          settings
                            schema-evolution.add-column     apply          default
                            schema-evolution.drop-column    keep-nullable  default
                            schema-evolution.rename-column  apply          default
                            schema-evolution.widen-type     apply          default
                            schema-evolution.narrow-type    ignore         default
                            schema-evolution.make-optional  apply          default
                            schema-evolution.make-required  ignore         default
                            schema-evolution.add-symbol     apply          default
                            schema-evolution.remove-symbol  apply          default
                            schema-evolution.reorder        ignore         default
                            schema-evolution.incompatible   quarantine     default
                            commit-interval                 5m             FILE:10
                            hold.for                        12h            default
                            hold.bytes                      50GiB          default
                            hold.then                       stop           default

                          not set: where, set, drop, rename, expect, unique, event-time, mask, write, key, deletes, partition-by, sort-by, properties
                        """
                                .replace("FILE", file),
                        ""));
        assertThat(firn("plan", "--offline", "--table", "sales.orders", "--format", "json", file)
                        .out())
                .startsWith("{\n  \"version\" : 1,\n  \"table\" : \"sales.orders\",");
    }

    @Test
    void answersThatThereIsNoSuchTable() throws IOException {
        String file = file("orders.yaml", ORDERS.replace("1m", "5m"));

        assertThat(firn("plan", "--offline", "--table", "sales.order", file))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn plan: the pipeline has no table `sales.order`; did you mean `sales.orders`?\n"));
        assertThat(firn("plan", "--offline", "--table", "refunds", file))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn plan: the pipeline has no table `refunds`; it has `sales.orders`\n"));
    }

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }
}

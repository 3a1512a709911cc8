package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.cluster.FakeFlink;
import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.testing.Cli;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterVerbsTest {

    private static final String NOBODY =
            """
            firn: no Flink cluster is named: say `--cluster http://HOST:PORT`, or write `cluster` into an environment of \
            `firn.yaml`; cluster/start starts one on this machine
            """;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FakeFlink flink;

    @SuppressWarnings("NullAway.Init") // written before each test
    private String file;

    @BeforeEach
    void open() throws IOException {
        flink = new FakeFlink();
        file = Files.writeString(
                        folder.resolve("shop.yaml"),
                        """
                        pipeline: {name: shop}
                        source:
                          type: kafka
                          topics: [orders]
                          properties: {bootstrap.servers: "127.0.0.1:1"}
                          format: {type: avro, registry: {url: "http://127.0.0.1:1"}}
                        sink: {type: iceberg, catalog: {type: hadoop, warehouse: "%s"}}
                        """
                                .formatted(folder.resolve("lake").toUri()))
                .toString();
    }

    @AfterEach
    void close() {
        flink.close();
    }

    private String url() {
        return flink.address().toString();
    }

    @Test
    void listsWhatRunsAndTheLastEndOfWhatDoesNot() {
        flink.jobs("shop", "RUNNING", "shop", "FAILED", "clicks", "FAILED", "clicks", "FINISHED", "theirs", "RUNNING")
                .only("jobs/j4/config", "{\"execution-config\":{\"user-config\":{}}}");

        Cli.Answer answer = firn("list", "--cluster", url());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out().replaceAll("\\d{5} days ago", "NNNNN days ago"))
                .isEqualTo(
                        """
                        %s: 2 TaskManagers, 3 of 4 slots free

                          pipeline                       state        since          job
                          shop                           RUNNING      NNNNN days ago j0
                          clicks                         FAILED       NNNNN days ago j2

                        and 1 job that is not Firn's

                        Next:  firn status --cluster %s FILE
                        """
                                .formatted(url(), url()));
    }

    /** Each environment's pipeline has an end of its own. */
    @Test
    void listsAPipelineOfTwoEnvironmentsTwice() {
        flink.jobs("shop", "RUNNING", "shop", "FAILED")
                .only(
                        "jobs/j0/config",
                        "{\"execution-config\":{\"user-config\":{\"firn.plan-hash\":\"h\",\"firn.pipeline\":\"shop@prod\"}}}")
                .only(
                        "jobs/j1/config",
                        "{\"execution-config\":{\"user-config\":{\"firn.plan-hash\":\"h\",\"firn.pipeline\":\"shop@dev\"}}}");

        assertThat(firn("list", "--cluster", url()).out())
                .containsPattern("shop@prod +RUNNING ")
                .containsPattern("shop@dev +FAILED ");
    }

    @Test
    void listsForProgramsToo() {
        flink.jobs("shop", "RUNNING");

        assertThat(firn("list", "--cluster", url(), "--format", "json").out())
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "cluster" : "%s",
                          "slots" : {
                            "all" : 4,
                            "free" : 3
                          },
                          "task-managers" : 2,
                          "pipelines" : [
                            {
                              "pipeline" : "shop",
                              "state" : "RUNNING",
                              "started" : "1970-01-01T00:00:01Z",
                              "changed" : "1970-01-01T00:00:02Z",
                              "job" : "j0"
                            }
                          ],
                          "other-jobs" : 0
                        }
                        """
                                .formatted(url()));
    }

    @Test
    void saysThatNothingRuns() {
        Cli.Answer answer = firn("list", "--cluster", url());

        assertThat(answer.out())
                .isEqualTo(url() + ": 2 TaskManagers, 3 of 4 slots free\nno pipeline runs there, or has since it was"
                        + " started\n\nNext:  firn submit --cluster " + url() + " FILE\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit", "status", "stop", "upgrade", "savepoints"})
    void asksForAClusterWhereNobodyNamesOne(String verb) {
        assertThat(firn(verb, file)).isEqualTo(new Cli.Answer(2, "", NOBODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "logs"})
    void asksForAClusterAlsoWhereThereIsNoFile(String verb) {
        assertThat(firn(verb)).isEqualTo(new Cli.Answer(2, "", NOBODY));
    }

    @Test
    void takesTheClusterOfTheEnvironment() throws IOException {
        Files.writeString(
                folder.resolve("firn.yaml"),
                "project: shop\nenvironments:\n  dev: {}\n  prod: {cluster: \"http://127.0.0.1:1\"}\n");

        assertThat(firn("stop", file)).isEqualTo(new Cli.Answer(2, "", NOBODY));
        assertThat(firn("stop", "--env", "prod", file))
                .isEqualTo(new Cli.Answer(
                        3, "", "firn: there is no Flink cluster at http://127.0.0.1:1: nobody listens there\n"));
    }

    @Test
    void showsNoSecretAsAnAddress() throws IOException {
        Files.writeString(
                folder.resolve("firn.yaml"), "project: shop\nenvironments:\n  dev: {cluster: \"${secret:flink}\"}\n");

        assertThat(firn("stop", file))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: `cluster` in `firn.yaml` is `${secret:flink}`: an address is shown, so it can't be a"
                                + " secret\n"));
    }

    @Test
    void refusesAPasswordInAnAddressAndDoesNotRepeatIt() {
        assertThat(firn("list", "--cluster", "http://ada:pw@flink:8081"))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn: `--cluster` has a user or a password in it, which nothing here takes\n"));
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(firn("list", "--cluster", "localhost:8081"))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn: `--cluster` is `localhost:8081`, which is no address like http://HOST:PORT\n"));
    }

    /** The first JobManager is gone, and another has its jobs. */
    @Test
    void asksTheOtherJobManagerWhereOneIsGone() {
        flink.jobs("shop", "RUNNING");
        String both = "http://127.0.0.1:1," + url();

        Cli.Answer answer = firn("list", "--cluster", both);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .startsWith(both + ": 2 TaskManagers")
                .containsPattern("shop +RUNNING ")
                .endsWith("Next:  firn status --cluster " + both + " FILE\n");
        assertThat(firn("list", "--cluster", "http://127.0.0.1:1, http://127.0.0.1:1"))
                .isEqualTo(new Cli.Answer(
                        3,
                        "",
                        "firn: there is no Flink cluster at http://127.0.0.1:1,http://127.0.0.1:1: nobody listens"
                                + " there\n"));
        assertThat(firn("list", "--cluster", url() + ","))
                .isEqualTo(
                        new Cli.Answer(2, "", "firn: `--cluster` is ``, which is no address like http://HOST:PORT\n"));
    }

    /** A JobManager that hangs listens, and says nothing. */
    @Test
    void asksTheOtherJobManagerWhereOneIsSilentOrDoesNotKnowWhoLeads() {
        flink.jobs("shop", "RUNNING").loseOne("jobs/overview");
        String both = url() + "," + url();

        assertThat(firn("list", "--cluster", both).out()).containsPattern("shop +RUNNING ");

        flink.only("overview", 503, "")
                .page("overview", "{\"taskmanagers\":2,\"slots-total\":4,\"slots-available\":3}");
        assertThat(firn("list", "--cluster", both).out()).startsWith(both + ": 2 TaskManagers");
    }

    /** An answer that gets lost may be one to a request that was carried out: only whoever asks knows whether to ask again. */
    @Test
    void sendsToNobodyElseWhatMayHaveBeenDone() {
        flink.loseOne("jobs/j0/stop").page("jobs/j0/stop", "{}");
        RemoteJob job = new SessionCluster(List.of(flink.address(), flink.address())).job("j0");

        assertThatThrownBy(() -> job.stopWithSavepoint(new RemoteJob.Stopping("t"), "file:/state"))
                .isInstanceOfSatisfying(ClusterAway.class, away -> assertThat(away.isUnanswered())
                        .isTrue());
        assertThat(flink.requests()).hasSize(1);
    }

    @Test
    void printsTheLogOfEachJobManager() {
        flink.page("taskmanagers", "{\"taskmanagers\":[]}").page("jobmanager/log", "one\ntwo\n");

        assertThat(firn("logs", "--cluster", url() + ",http://127.0.0.1:1", "--lines", "1"))
                .isEqualTo(new Cli.Answer(
                        0,
                        "== jobmanager " + url() + "\ntwo\n== jobmanager http://127.0.0.1:1\n"
                                + "(there is no Flink cluster at http://127.0.0.1:1: nobody listens there)\n",
                        ""));
    }

    @Test
    void saysThatSomethingElseAnswers() {
        flink.only("jobs/overview", "<html>");

        assertThat(firn("list", "--cluster", url()))
                .isEqualTo(new Cli.Answer(
                        3,
                        "",
                        "firn: what answers at " + url()
                                + " is no Flink cluster: it does not know `/jobs/overview`\n"));
    }

    @Test
    void saysWhatFlinkSaysWhereItRefuses() throws IOException {
        try (PausedShop shop = new PausedShop(folder)) {
            flink.running(PipelineIdentity.of(shop.definition(), shop.lake()))
                    .page(
                            "jobs/j0",
                            500,
                            "{\"errors\":[\"Internal server error.\",\"java.net.UnknownHostException: s3\\n\\tat a.B.c(B.java:1)\\n\"]}");

            assertThat(firn(
                            "stop",
                            "--no-savepoint",
                            "--cluster",
                            url(),
                            shop.file().path().toString()))
                    .isEqualTo(new Cli.Answer(
                            3, "", "firn: the Flink cluster at " + url() + " answers 500 to `/jobs/j0`: s3\n"));
        }
    }

    @Test
    void saysThatThereIsNothingToStop() {
        assertThat(firn("stop", "--cluster", url(), file))
                .isEqualTo(new Cli.Answer(1, "", "firn: pipeline `shop` does not run at " + url() + "\n"));
    }

    @Test
    void stopsAtOnceAndSaysHowToGoOn() throws IOException {
        try (PausedShop shop = new PausedShop(folder)) {
            String shopFile = shop.file().path().toString();
            flink.running(PipelineIdentity.of(shop.definition(), shop.lake()))
                    .page("jobs/j0", "{\"state\":\"CANCELED\"}");

            assertThat(firn("stop", "--no-savepoint", "--cluster", url(), shopFile))
                    .isEqualTo(new Cli.Answer(
                            0,
                            "shop is stopped, without a savepoint\n\nNext:  firn submit --cluster " + url() + " "
                                    + shopFile + "\n",
                            ""));
        }
    }

    /** In a lake without the ledger a job of the same name has lost it, or is another's: only whoever asks knows. */
    @Test
    void asksBeforeItStopsAJobWhoseLedgerIsNotThere() {
        flink.jobs("shop", "RUNNING").page("jobs/j0", "{\"state\":\"CANCELED\"}");

        assertThat(firn("stop", "--no-savepoint", "--cluster", url(), file))
                .isEqualTo(
                        new Cli.Answer(
                                4,
                                "",
                                """
                        the lake has no ledger `shop.firn_ledger`: either job j0 has lost it, or it is another's, of the same name
                        firn: nothing was stopped; without a terminal it needs `--yes`
                        """));
        assertThat(flink.requests()).isEmpty();
        assertThat(firn("stop", "--yes", "--no-savepoint", "--cluster", url(), file)
                        .exitCode())
                .isZero();
        assertThat(flink.requests()).hasSize(1);
    }

    @Test
    void showsAJobWhoseLedgerIsNotThere() {
        flink.jobs("shop", "RUNNING")
                .page("jobs/j0", "{\"state\":\"RUNNING\",\"start-time\":1}")
                .page("jobs/j0/metrics", "[]")
                .page("jobs/j0/exceptions", "{}")
                .page("jobs/j0/checkpoints", "{}");

        Cli.Answer answer = firn("status", "--cluster", url(), file);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).startsWith("shop is ").contains("job j0");
        assertThat(answer.err())
                .isEqualTo(
                        """
                        firn: there is no ledger `shop.firn_ledger`
                        a job of this name and environment is there: its ledger is gone, or it is another's
                        """);
    }

    @Test
    void stopsNoneOfTwoJobsThatCanBeIt() {
        flink.jobs("shop", "RUNNING", "shop", "RUNNING");

        Cli.Answer answer = firn("stop", "--yes", "--cluster", url(), file);

        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.err()).startsWith("firn: 2 jobs at " + url() + " can be pipeline `shop`: j0, j1; ");
        assertThat(flink.requests()).isEmpty();
    }

    /** An unset variable is no catalog that is away: by its name alone the job could be another team's. */
    @ParameterizedTest
    @ValueSource(strings = {"stop", "status", "savepoints"})
    void asksNothingWhereAReferenceOfTheSinkLeadsNowhere(String verb) throws IOException {
        String unset = sink("{type: hadoop, warehouse: \"${env:FIRN_NOT_SET}\"}");
        flink.jobs("shop", "RUNNING").page("jobs/j0", "{\"state\":\"CANCELED\"}");

        Cli.Answer answer = firn(verb, "--cluster", url(), unset);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("unresolved-reference").doesNotContain("does not answer");
        assertThat(flink.requests()).isEmpty();
    }

    @Test
    void stopsNothingWhileTheCatalogIsAway() throws IOException {
        String away = sink("{type: rest, uri: \"http://127.0.0.1:1\"}");
        flink.jobs("shop", "RUNNING").page("jobs/j0", "{\"state\":\"CANCELED\"}");

        assertThat(firn("stop", "--yes", "--cluster", url(), away))
                .isEqualTo(new Cli.Answer(
                        3,
                        "",
                        "firn: the catalog does not answer, so whose the job is can't be told, and it is not stopped;"
                                + " `flink stop` and Flink's own page can stop it\n"));
        assertThat(flink.requests()).isEmpty();
        assertThat(firn("savepoints", "--cluster", url(), away).exitCode()).isEqualTo(3);
    }

    private String sink(String catalog) throws IOException {
        return Files.writeString(
                        folder.resolve("other.yaml"),
                        Files.readString(Path.of(file))
                                .replaceFirst("catalog: .*", Matcher.quoteReplacement("catalog: " + catalog + "}")))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "savepoints"})
    void namesTheEnvironmentThatAJobRunsIn(String verb) throws IOException {
        try (PausedShop shop = new PausedShop(folder)) {
            PipelineIdentity own = PipelineIdentity.of(shop.definition(), shop.lake());
            flink.running(new PipelineIdentity("shop", "shop@prod", own.ledger(), PipelineIdentity.Look.SEEN));

            assertThat(firn(verb, "--cluster", url(), shop.file().path().toString()))
                    .isEqualTo(new Cli.Answer(
                            2, "", "firn: pipeline `shop` runs there as `shop@prod`, as job j0: say `--env prod`\n"));
            assertThat(flink.requests()).isEmpty();
        }
    }

    @Test
    void refusesAnAddressWithMoreThanAPath() {
        assertThat(firn("list", "--cluster", "http://flink:8081/?token=x"))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: `--cluster` has a `?` or a `#` in it, and what follows is no part of an address\n"));
    }

    @Test
    void saysThatALogCannotBeAskedFor() {
        flink.page("taskmanagers", "{\"taskmanagers\":[]}").page("jobmanager/log", 500, "");

        assertThat(firn("logs", "--cluster", url()))
                .isEqualTo(new Cli.Answer(
                        3, "", "firn: the Flink cluster at " + url() + " answers 500 to `/jobmanager/log`\n"));
    }

    @Test
    void endsNoJobOfTheEnvironmentsClusterByARollback() throws IOException {
        Files.writeString(
                folder.resolve("firn.yaml"),
                "project: shop\nenvironments:\n  prod: {cluster: \"" + url() + "\"}\n  dev: {}\n");
        try (PausedShop shop = new PausedShop(folder)) {
            shop.write(PausedShop.OLD);
            shop.barrier();
            String shopFile = shop.file().path().toString();
            flink.running(PipelineIdentity.of(shop.definition(), shop.lake()));
            String runs =
                    "firn: pipeline `shop` runs already at " + url() + ", as job j0; stop it first with `firn stop`\n";

            Cli.Answer rollback = firn("schema", "rollback", "--undo", "--yes", shopFile, "sales.orders");

            assertThat(rollback).isEqualTo(new Cli.Answer(2, "", runs));
            flink.jobs();
            assertThat(firn("schema", "rollback", "--undo", "--yes", shopFile, "sales.orders")
                            .exitCode())
                    .isZero();
            flink.only("jobs/overview", 503, "");
            assertThat(firn("schema", "rollback", "--undo", "--yes", shopFile, "sales.orders")
                            .err())
                    .startsWith(
                            "whether the pipeline runs on the environment's cluster is not known: the Flink cluster at "
                                    + url() + " answers 503");
        }
    }

    @Test
    void listsWhatAPipelineCanGoOnFrom() throws IOException {
        flink.only(
                "jobmanager/config",
                "[{\"key\":\"state.checkpoints.dir\",\"value\":\""
                        + folder.resolve("state").toUri() + "\"}]");
        assertThat(firn("savepoints", "--cluster", url(), file))
                .isEqualTo(new Cli.Answer(
                        1,
                        "",
                        "firn: the pipeline has no ledger yet that can be looked at, and its state is named by it\n"));
        try (PausedShop shop = new PausedShop(folder)) {
            String shopFile = shop.file().path().toString();
            String name = PipelineIdentity.of(shop.definition(), shop.lake()).folder();
            Path states = folder.resolve("state").resolve(name);
            assertThat(firn("savepoints", "--cluster", url(), shopFile))
                    .isEqualTo(new Cli.Answer(
                            1,
                            "",
                            "firn: there is no checkpoint and no savepoint under `"
                                    + folder.resolve("state").toUri() + "/" + name + "`\n"));
            Files.writeString(
                    Files.createDirectories(states.resolve("checkpoints/j/chk-3"))
                            .resolve("_metadata"),
                    "x");

            Cli.Answer answer = firn("savepoints", "--cluster", url(), shopFile);

            assertThat(answer.out().replaceAll("\\d{4}-\\S+ \\S+ UTC", "THEN"))
                    .isEqualTo("  checkpoint  THEN  %s\n\nNext:  firn submit --resume %s --cluster %s %s\n"
                            .formatted(
                                    states.resolve("checkpoints/j/chk-3"),
                                    states.resolve("checkpoints/j/chk-3"),
                                    url(),
                                    shopFile));
        }
    }

    /** At night, when the catalog is away, that is what somebody wants to know. */
    @Test
    void saysHowTheJobFaresAlsoWhereTheCatalogDoesNotAnswer() throws IOException {
        String away = Files.writeString(
                        folder.resolve("away.yaml"),
                        Files.readString(Path.of(file))
                                .replaceFirst("catalog: .*", "catalog: {type: rest, uri: \"http://127.0.0.1:1\"}}"))
                .toString();
        flink.jobs("shop", "RESTARTING")
                .page("jobs/j0", "{\"state\":\"RESTARTING\",\"start-time\":1,\"timestamps\":{\"RESTARTING\":60000}}")
                .page("jobs/j0/metrics", "[{\"id\":\"numRestarts\",\"value\":\"3\"}]")
                .page(
                        "jobs/j0/exceptions",
                        "{\"exceptionHistory\":{\"entries\":[{\"timestamp\":5,\"stacktrace\":\"java.io.IOException:"
                                + " no route\\n\\tat a.B.c(B.java:1)\\n\"}]}}");

        Cli.Answer answer = firn("status", "--cluster", url(), away);

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out())
                .startsWith("shop is RESTARTING since 1970-01-01 00:01:00 UTC")
                .contains("  started again 3 times\n", ": no route\n");
        assertThat(answer.err())
                .startsWith("the catalog does not answer: the job is known by its name and environment alone\n");
    }

    @Test
    void saysThatAPipelineHasNotRunYet() {
        assertThat(firn("status", "--cluster", url(), file))
                .isEqualTo(new Cli.Answer(
                        1, "", "firn: there is no ledger `shop.firn_ledger`: the pipeline has not run yet\n"));
    }

    @Test
    void showsATableThatWaitsForADecisionAndSourcesThatDoNotAnswer() throws IOException {
        try (PausedShop shop = new PausedShop(folder)) {
            shop.write(PausedShop.OLD);
            shop.barrier();
            shop.write(PausedShop.NEW);
            shop.barrier();

            Cli.Answer answer =
                    firn("status", "--cluster", url(), shop.file().path().toString());

            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.out())
                    .startsWith("shop does not run at " + url() + "\n  the ledger ends with epoch 2, written ")
                    .contains("  NOT WELL: the lag of source `kafka` is not known: ")
                    .containsPattern("sales\\.orders +1 ")
                    .contains("      paused since ")
                    .contains("    quarantined                           1            1\n    balanced\n")
                    .endsWith("Next:  firn submit --cluster " + url() + " "
                            + shop.file().path() + "\n");
        }
    }

    @Test
    void showsWhatTheClusterSaysOfAJobThatRuns() throws IOException {
        try (PausedShop shop = new PausedShop(folder)) {
            shop.write(PausedShop.OLD);
            shop.barrier();
            PipelineIdentity identity = PipelineIdentity.of(shop.definition(), shop.lake());
            flink.running(identity, "{\"tables\":[{\"name\":\"sales.later\"},{\"name\":\"sales.orders\"}]}")
                    .page(
                            "jobs/j0",
                            "{\"state\":\"RUNNING\",\"start-time\":1,\"vertices\":[{\"id\":\"v\",\"name\":\"commit epochs\",\"status\":\"RUNNING\"}]}")
                    .page("jobs/j0/metrics", "[]")
                    .page("jobs/j0/exceptions", "{}")
                    .page(
                            "jobs/j0/checkpoints",
                            "{\"latest\":{\"completed\":{\"latest_ack_timestamp\":5000},\"failed\":{\"failure_timestamp\":6000,"
                                    + "\"failure_message\":\"Checkpoint expired before completing.\"}}}")
                    .page(
                            "jobs/j0/vertices/v/metrics",
                            "[{\"id\":\"0.c.table.sales_later.heldSeconds\",\"value\":\"30\"},"
                                    + "{\"id\":\"0.c.table.sales_later.lastFailure\",\"value\":\"no permission\"},"
                                    + "{\"id\":\"0.c.ledgerFailing\",\"value\":\"1\"}]");
            String shopFile = shop.file().path().toString();

            Cli.Answer answer = firn("status", "--cluster", url(), shopFile);

            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.out())
                    .startsWith("shop is RUNNING since 1970-01-01 00:00:00 UTC ")
                    .containsPattern(
                            "\n  the last checkpoint did not come about 1970-01-01 00:00:06 UTC \\(.*\\): Checkpoint expired before completing\n")
                    .contains("  NOT WELL: the ledger can't be written, and without it no table gets anything\n")
                    .containsPattern("\n    sales\\.later +- +none yet\n      held since .*: no permission\n")
                    .containsPattern("sales\\.orders +1 ");

            flink.only(
                    "jobs/j0/checkpoints",
                    "{\"latest\":{\"completed\":{\"latest_ack_timestamp\":7000},\"failed\":{\"failure_timestamp\":6000}}}");
            assertThat(firn("status", "--cluster", url(), shopFile).out()).doesNotContain("did not come about");
        }
    }

    @Test
    void printsTheEndsOfLogs() {
        flink.page("taskmanagers", "{\"taskmanagers\":[{\"id\":\"tm-2\"},{\"id\":\"tm-1\"}]}")
                .page("jobmanager/log", "one\ntwo\nthree\n")
                .page("taskmanagers/tm-1/log", "four\n");

        assertThat(firn("logs", "--cluster", url(), "--lines", "2"))
                .isEqualTo(new Cli.Answer(
                        0,
                        "== jobmanager\ntwo\nthree\n== tm-1\nfour\n== tm-2\n(keeps no log that can be asked for)\n",
                        ""));
        assertThat(firn("logs", "--cluster", url(), "tm-1").out()).isEqualTo("== tm-1\nfour\n");
        assertThat(firn("logs", "--cluster", url(), "tm-9"))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: the cluster at " + url()
                                + " has no process `tm-9`; it has `jobmanager`, `tm-1`, `tm-2`\n"));
    }
}

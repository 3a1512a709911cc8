package dev.firn.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.cluster.PipelineIdentity.Look;
import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.ClusterState;
import dev.firn.cli.run.UsageRefused;
import dev.firn.definition.reference.Text;
import dev.firn.flink.session.ClusterAway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {

    private static final PipelineIdentity SHOP =
            new PipelineIdentity("shop", "shop", Optional.of("11111111-ledger"), Look.SEEN);

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FakeFlink flink;

    @BeforeEach
    void open() throws IOException {
        flink = new FakeFlink();
    }

    @AfterEach
    void close() {
        flink.close();
    }

    private Admission admission() {
        return new Admission(flink.cluster(), "0.9", "1.18.1", List.of());
    }

    @Test
    void letsAPipelineInThatFits() {
        flink.jobs("shop", "FINISHED", "other", "RUNNING").only("overview", overview("1.18.0", 4));

        assertThatCode(() -> admission().check(SHOP, 4)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherFlink() {
        flink.only("overview", overview("1.19.1", 4));

        assertThatThrownBy(() -> admission().check(SHOP, 1))
                .isInstanceOf(ClusterAway.class)
                .hasMessage("the cluster at " + flink.address()
                        + " runs Flink 1.19.1, and this Firn's jobs are made for Flink 1.18");
    }

    @Test
    void refusesAClusterWithoutFirn() {
        flink.only("jobmanager/environment", "{\"classpath\":[\"/flink/lib/flink-dist-1.18.1.jar\"]}");

        assertThatThrownBy(() -> admission().check(SHOP, 1))
                .isInstanceOf(ClusterAway.class)
                .hasMessage("the cluster at " + flink.address() + " has no Firn on its class path: start one with"
                        + " cluster/start, or put Firn's jars into its `lib/` as docs/cluster.md says");
    }

    @Test
    void refusesAnotherFirn() {
        flink.only("jobmanager/environment", "{\"classpath\":[\"/flink/lib/firn-flink-0.8.jar\"]}");

        assertThatThrownBy(() -> admission().check(SHOP, 1))
                .isInstanceOf(ClusterAway.class)
                .hasMessage("the cluster at " + flink.address()
                        + " has another Firn on its class path, 0.8, and this is 0.9");
    }

    @Test
    void refusesAnotherBuildOfTheSameVersion(@TempDir Path folder) throws Exception {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Path ours = Files.createDirectory(folder.resolve("ours"));
        Files.writeString(theirs.resolve("firn-flink-0.9.jar"), "same");
        Files.writeString(ours.resolve("firn-flink-0.9.jar"), "same");
        Files.writeString(theirs.resolve("firn-spi-0.9.jar"), "old");
        Files.writeString(ours.resolve("firn-spi-0.9.jar"), "new");
        List<String> own = List.of(folder + "/ours/firn-flink-0.9.jar", folder + "/ours/firn-spi-0.9.jar");
        flink.only(
                "jobmanager/environment",
                "{\"classpath\":[\"%1$s/theirs/firn-flink-0.9.jar\",\"/elsewhere/firn-spi-0.9.jar\",\"%1$s/theirs/firn-only-there-0.9.jar\"]}"
                        .formatted(folder));
        assertThatCode(() -> new Admission(flink.cluster(), "0.9", "1.18.1", own).check(SHOP, 1))
                .doesNotThrowAnyException();

        flink.only(
                "jobmanager/environment",
                "{\"classpath\":[\"%1$s/theirs/firn-flink-0.9.jar\",\"%1$s/theirs/firn-spi-0.9.jar\"]}"
                        .formatted(folder));
        assertThatThrownBy(() -> new Admission(flink.cluster(), "0.9", "1.18.1", own).check(SHOP, 1))
                .isInstanceOf(ClusterAway.class)
                .hasMessage(
                        "the cluster at " + flink.address()
                                + " has another build of Firn 0.9 on its class path (`firn-spi-0.9.jar` differs): start it anew");
    }

    @Test
    void refusesTooFewSlots() {
        assertThatThrownBy(() -> admission().check(SHOP, 4))
                .isInstanceOf(ClusterAway.class)
                .hasMessage("the cluster at " + flink.address() + " has 3 of 4 slots free, and the pipeline needs 4"
                        + " (its `parallelism`): stop a job there, or give it more TaskManagers");
    }

    @Test
    void refusesAPipelineThatRunsOrStartsAgain() {
        flink.jobs("shop", "RESTARTING");

        assertThatThrownBy(() -> admission().check(SHOP, 1))
                .isInstanceOf(AlreadyRunning.class)
                .hasMessage("pipeline `shop` runs already at " + flink.address()
                        + ", as job j0; stop it first with `firn stop`");
    }

    /** Flink knows nothing of it then but its name. */
    @Test
    void refusesAPipelineThatWasSubmittedJustNow() {
        flink.jobs("shop", "INITIALIZING").only("jobs/j0/config", "{\"jid\":\"j0\"}");

        assertThatThrownBy(() -> admission().check(SHOP, 1)).isInstanceOf(AlreadyRunning.class);
    }

    @Test
    void doesNotTakeAClusterThatStumblesForOneWithoutThePipeline() {
        flink.jobs("shop", "RUNNING").only("jobs/j0/config", 503, "");

        assertThatThrownBy(() -> admission().check(SHOP, 1)).isInstanceOf(ClusterAway.class);
    }

    @Test
    void doesNotMindAJobOfThatNameThatIsNotFirns() {
        flink.jobs("shop", "RUNNING").only("jobs/j0/config", "{\"execution-config\":{\"user-config\":{}}}");

        assertThatCode(() -> admission().check(SHOP, 1)).doesNotThrowAnyException();
        assertThat(new PipelineJob(flink.cluster(), SHOP).absence())
                .isEqualTo("the job `shop` at " + flink.address()
                        + " is not Firn's: it was not submitted by `firn submit`");
    }

    @Test
    void tellsAPipelineOfTheSameNameApartByItsEnvironmentAndItsLedger() throws Exception {
        flink.jobs("shop", "RUNNING");
        PipelineIdentity otherLake = new PipelineIdentity("shop", "shop", Optional.of("22222222-ledger"), Look.SEEN);
        PipelineIdentity prod = new PipelineIdentity("shop", "shop@prod", Optional.of("33333333-ledger"), Look.SEEN);
        PipelineIdentity unseen = new PipelineIdentity("shop", "shop", Optional.empty(), Look.UNSEEN);
        PipelineIdentity unseenProd = new PipelineIdentity("shop", "shop@prod", Optional.empty(), Look.UNSEEN);
        PipelineIdentity sameLedger =
                new PipelineIdentity("shop", "shop@dev", Optional.of("11111111-ledger"), Look.SEEN);
        PipelineIdentity neverRan = new PipelineIdentity("shop", "shop", Optional.empty(), Look.SEEN);

        assertThat(new PipelineJob(flink.cluster(), SHOP).running()).isPresent();
        assertThat(new PipelineJob(flink.cluster(), unseen).running()).isPresent();
        assertThat(new PipelineJob(flink.cluster(), sameLedger).running()).isPresent();
        assertThat(new PipelineJob(flink.cluster(), unseenProd).running()).isEmpty();
        assertThat(new PipelineJob(flink.cluster(), neverRan).running()).isPresent();
        assertThatCode(() -> admission().check(neverRan, 1)).doesNotThrowAnyException();
        for (PipelineIdentity other : List.of(otherLake, prod)) {
            assertThat(new PipelineJob(flink.cluster(), other).running()).isEmpty();
            assertThat(new PipelineJob(flink.cluster(), other).absence())
                    .isEqualTo("the job `shop` at " + flink.address()
                            + " has another ledger, of another environment or another lake, than this file");
            assertThatCode(() -> admission().check(other, 1)).doesNotThrowAnyException();
        }
        assertThat(SHOP.folder()).isEqualTo("shop-48a67bea9f58");
        assertThat(otherLake.folder()).isEqualTo("shop-a6072da89050");
        assertThat(prod.folder()).isEqualTo("shop@prod-c79cbfd9a7ea");
        assertThat(unseen.as(SHOP.parameters()).folder()).isEqualTo("shop-48a67bea9f58");
    }

    @Test
    void keepsAPipelinesStateInAFolderOfItsOwn() throws Exception {
        ClusterState ofCluster = admission().state(Optional.empty(), "shop@prod", raw -> raw);
        ClusterState ofFile =
                admission().state(Optional.of(new Text("s3://${env:B}/state/")), "shop", raw -> "s3://b/state/");

        assertThat(ofCluster.checkpoints()).isEqualTo("file:///flink/checkpoints/shop@prod/checkpoints");
        assertThat(ofCluster.savepoints()).isEqualTo("file:///flink/checkpoints/shop@prod/savepoints");
        assertThat(ofCluster.folders().orElseThrow().savepoints())
                .hasToString("/flink/checkpoints/shop@prod/savepoints");
        assertThat(ofFile.checkpoints()).isEqualTo("s3://b/state/shop/checkpoints");
        assertThat(ofFile.folders()).isEmpty();
    }

    @Test
    void refusesAClusterThatKeepsNoCheckpoints() {
        flink.only("jobmanager/config", "[]");

        assertThatThrownBy(() -> admission().state(Optional.empty(), "shop", raw -> raw))
                .isInstanceOf(UsageRefused.class)
                .hasMessage("neither the cluster at " + flink.address() + " nor `pipeline.flink` has"
                        + " `state.checkpoints.dir`: without it the job's checkpoints would be in memory only");
    }

    private static String overview(String version, int free) {
        return "{\"flink-version\":\"" + version + "\",\"taskmanagers\":2,\"slots-total\":4,\"slots-available\":" + free
                + "}";
    }
}

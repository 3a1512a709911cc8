package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.cluster.FakeFlink;
import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.run.Allowed;
import dev.firn.cli.testing.Cli;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeCheckTest {

    private static final int GOES_ON = -1;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private FakeFlink flink;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private PausedShop shop;

    @BeforeEach
    void open() throws IOException {
        flink = new FakeFlink();
        shop = new PausedShop(folder);
        runsBy(PlanJson.write(shop.plan()).replace("\n", " "));
    }

    @AfterEach
    void close() {
        shop.close();
        flink.close();
    }

    private void runsBy(String plan) {
        flink.running(PipelineIdentity.of(shop.definition(), shop.lake()), plan);
    }

    /** The shop's file with something else in it; its answer, or that nothing keeps it from an upgrade. */
    private Cli.Answer checked(String was, String is, boolean yes, Allowed... allowed) throws IOException {
        return checked(was, is, yes, false, allowed);
    }

    private Cli.Answer checked(String was, String is, boolean yes, boolean isOld, Allowed... allowed)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                Map.of());
        PipelineFile file = new PipelineFile(shop.file().path());
        String text = Files.readString(file.path());
        assertThat(text).contains(was);
        PipelinePlan plan =
                file.planOffline(file.read(text.replace(was, is)).orElseThrow()).orElseThrow();
        int code = UpgradeCheck.of(
                        screen,
                        flink.cluster().job("j0"),
                        new UpgradeSession.Wishes(Optional.empty(), Set.of(allowed), yes))
                .map(check ->
                        isOld ? check.old(file, plan) : check.file(file, plan).orElse(GOES_ON))
                .orElse(ExitCode.REFUSED);
        return new Cli.Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void leavesTheJobAloneWhereNothingDiffers() throws IOException {
        assertThat(checked("name: shop", "name: shop", false))
                .isEqualTo(new Cli.Answer(
                        0, shop.file().path() + " is what job j0 runs by; it goes on, and nothing was changed\n", ""));
    }

    /** Raw payloads would go on being kept, and whoever asked would believe that they are not. */
    @Test
    void takesNoticeOfTheQuarantine() throws IOException {
        Cli.Answer answer = checked("sink:", "quarantine: {payload: none}\nsink:", false);

        assertThat(answer.exitCode()).isEqualTo(GOES_ON);
        assertThat(answer.err()).containsPattern("quarantine\\.payload  raw -> none +note\\[setting-changed]");
        assertThat(checked("sink:", "quarantine: {halt-above: {share: 20%, over: 10m}}\nsink:", false)
                        .err())
                .contains("quarantine.halt-above.share  (none) -> 20%");
    }

    @Test
    void goesBackToNothingButWhatRuns() throws IOException {
        assertThat(checked("name: shop", "name: shop", false, true)).isEqualTo(new Cli.Answer(0, "", ""));
        Cli.Answer answer = checked("name: shop", "name: shop, parallelism: 2", false, true);
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("parallelism  1 -> 2")
                .endsWith("firn: " + shop.file().path()
                        + " is not what the job runs by, so there is no going back to it; nothing was stopped\n");
    }

    @Test
    void showsWhatDiffersAndLetsThroughWhatFits() throws IOException {
        Cli.Answer answer = checked("name: shop", "name: shop, checkpoint-interval: 7s", false);

        assertThat(answer.exitCode()).isEqualTo(GOES_ON);
        assertThat(answer.err())
                .startsWith(shop.file().path() + " against the plan of job j0: the state fits; 1 note\n")
                .containsPattern("checkpoint-interval  30s -> 7s +note\\[setting-changed]");
    }

    @Test
    void refusesWhatAStartWouldRefuseUnlessItIsAllowed() throws IOException {
        String renamed = "type: kafka, name: events";

        Cli.Answer answer = checked("type: kafka", renamed.replace(", ", "\n  "), false);

        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.err())
                .contains("error[source-renamed]")
                .endsWith("firn: the job goes on as it is; if all that is meant, say `--allow source-renamed`\n");
        assertThat(checked("type: kafka", renamed.replace(", ", "\n  "), false, Allowed.STREAM_MOVED)
                        .exitCode())
                .isEqualTo(4);
        assertThat(checked("type: kafka", renamed.replace(", ", "\n  "), false, Allowed.SOURCE_RENAMED)
                        .exitCode())
                .isEqualTo(GOES_ON);
    }

    /** A start does not refuse it, and ids of the old registry mean something else in the new one. */
    @Test
    void refusesADangerUnlessItIsMeant() throws IOException {
        String registry = shop.registry().url();

        Cli.Answer answer = checked(registry, "http://elsewhere:8081", false);

        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.err())
                .contains("danger[registry-changed]")
                .endsWith("firn: the job goes on as it is; if all that is meant, say `--yes`\n");
        assertThat(checked(registry, "http://elsewhere:8081", true).exitCode()).isEqualTo(GOES_ON);
    }

    @Test
    void offersNoWordForWhatNoStartAllows() throws IOException {
        Cli.Answer answer = checked("name: shop", "name: store", true, Allowed.values());

        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.err()).contains("error[pipeline-renamed]").endsWith("firn: the job goes on as it is\n");
    }

    @Test
    void refusesAJobWhoseStateNobodyCanJudge() throws IOException {
        runsBy("left out: it has 600000 characters, and at most 524288 go along");
        assertThat(checked("name: shop", "name: shop", true))
                .isEqualTo(new Cli.Answer(
                        4,
                        "",
                        "firn: the plan of job j0 was too large to go along with it, so whether its state fits"
                                + " can't be told; `firn stop` and `firn submit` do not ask\n"));
        runsBy("{}");
        Cli.Answer answer = checked("name: shop", "name: shop", true);
        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.err())
                .startsWith("firn: the plan of job j0 ")
                .endsWith(", so whether its state fits can't be told; `firn stop` and `firn submit` do not ask\n");
    }
}

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn.Answer;
import dev.firn.it.testing.Golden;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.cluster.UnpackedFirn;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The archive where it was unpacked, a cluster that its script starts, and the verbs of every day. */
@Tag("heavy")
class ArchiveOnClusterIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final OrdersVolume FIRST = OrdersVolume.scaledTo(4_000);
    private static final OrdersVolume SECOND = OrdersVolume.scaledTo(8_000);
    private static final OrdersVolume THIRD = OrdersVolume.scaledTo(6_000);

    @Test
    void everyRecordIsThereOnceAfterATaskManagerWasKilledAndTheJobStoppedAndSubmittedAgain() throws Exception {
        Shop shop = Shop.byDay("on_cluster");
        shop.produce(FIRST);
        Map<String, String> environment = shop.pipeline().environment();
        String file = shop.pipeline().file().toAbsolutePath().toString();
        try (UnpackedFirn firn = UnpackedFirn.unpack()) {
            URI cluster = firn.startCluster(environment, "--task-managers", "2", "--slots", "2");
            String url = cluster.toString();

            Answer submitted = firn.firn(environment, "submit", "--cluster", url, file);
            assertThat(submitted.exitCode()).as(submitted.err()).isZero();
            assertThat(submitted.out())
                    .matches("(?s)" + shop.pipeline().name()
                            + " runs as job [0-9a-f]{32}\n\nNext:  firn status --cluster " + url + " .*");
            assertThat(submitted.err())
                    .contains("plan: create " + shop.ordersTable(), "starts from the beginning", "run 1 is submitted");

            // A run beside it would end the job, and nobody would have said so.
            Path project = Files.writeString(
                    shop.pipeline().file().resolveSibling("firn.yaml"),
                    "project: shop\nenvironments:\n  dev: {cluster: \"" + url + "\"}\n");
            Answer beside = firn.firn(environment, "run", file);
            assertThat(beside.exitCode()).isEqualTo(2);
            assertThat(beside.err())
                    .contains("firn: pipeline `" + shop.pipeline().name() + "` runs already at " + url + ", as job ");
            // Whose savepoints would lie in another folder: the job is not that environment's to stop.
            Answer another = firn.firn(environment, "stop", "--cluster", url, file);
            assertThat(another.exitCode()).isEqualTo(2);
            assertThat(another.err())
                    .contains("` runs there as `" + shop.pipeline().name() + "`");
            Files.delete(project);

            awaitRead(shop, Shop.records(FIRST));
            String killed = firn.killABusyTaskManager(cluster);
            shop.produce(SECOND);
            awaitRead(shop, Shop.records(FIRST, SECOND));
            awaitStatus(firn, environment, url, file);
            Answer status = firn.firn(environment, "status", "--cluster", url, file);
            assertThat(status.exitCode()).as(status.out()).isZero();
            assertThat(status.out())
                    .contains(shop.pipeline().name() + " is RUNNING since ", "a TaskManager is gone: ", killed)
                    .containsPattern("started again [1-9]")
                    .containsPattern("lag, in positions not yet in the ledger +0\n")
                    .contains(shop.ordersTable().full(), "balanced");

            Answer listed = firn.firn(environment, "list", "--cluster", url);
            assertThat(listed.out())
                    .contains(url + ": 1 TaskManager, 0 of 2 slots free")
                    .containsPattern(shop.pipeline().name() + " +RUNNING ");
            Answer stopped = firn.firn(environment, "stop", "--cluster", url, file);
            assertThat(stopped.exitCode()).as(stopped.err()).isZero();
            Matcher savepoint = Pattern.compile("its state is in (/\\S+)").matcher(stopped.out());
            assertThat(savepoint.find()).as(stopped.out()).isTrue();
            assertThat(Path.of(savepoint.group(1)).resolve("_metadata")).exists();

            shop.produce(THIRD);
            Answer resumed = firn.firn(environment, "submit", "--cluster", url, file);
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(resumed.err()).contains("goes on from " + savepoint.group(1), "run 2 is submitted");
            awaitRead(shop, Shop.records(FIRST, SECOND, THIRD));
            assertThat(firn.firn(environment, "stop", "--cluster", url, file).exitCode())
                    .isZero();
            shop.assertEveryRecordOnce(FIRST, SECOND, THIRD);

            List<ProcessHandle> processes = firn.processes();
            assertThat(processes).hasSize(2);
            Answer over = firn.stopCluster();
            assertThat(over.exitCode()).as(over.err()).isZero();
            assertThat(over.out()).startsWith("ended jobmanager, tm-").contains("(" + killed + " had ended before)");
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
        }
    }

    /** The lines that the docs show, with a broker, a registry and a port of this test. */
    @Test
    void theDocsLeadFromTheArchiveToARunningPipeline() throws Exception {
        Matcher block = Pattern.compile("```bash\n(tar xzf .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Golden.file("docs/cluster.md")));
        assertThat(block.find()).isTrue();
        Stack.running().produceOrders(OrdersLoad.of(FIRST));
        try (UnpackedFirn firn = UnpackedFirn.nothingYet()) {
            String lines = block.group(1)
                    .replace(
                            "firn-0.1.0-SNAPSHOT.tar.gz", UnpackedFirn.archive().toString())
                    .replace("localhost:9092", Stack.running().bootstrapServers())
                    .replace("http://localhost:8081", Stack.running().registryUrl())
                    .replace(
                            "file:///srv/lake",
                            firn.folder().resolve("lake").toUri().toString())
                    .replace("8091", Integer.toString(freePort()));
            assertThat(lines.lines()).hasSizeLessThanOrEqualTo(10);

            Answer answer = UnpackedFirn.bash(firn.folder(), Map.of(), lines);

            assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
            assertThat(answer.out())
                    .contains("shop runs as job ", "shop is RUNNING since ", "shop is stopped; its state is in ")
                    .contains("ended jobmanager, tm-1, tm-2");
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitRead(Shop shop, long records) {
        Awaitility.await("the ledger to have " + records + " records")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(shop.committed()).isEqualTo(records));
    }

    /** Flink counts restarts a while after they are. */
    private static void awaitStatus(UnpackedFirn firn, Map<String, String> environment, String url, String file) {
        Awaitility.await("a status that is well")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    Answer answer = firn.firn(environment, "status", "--cluster", url, "--format", "json", file);
                    JsonNode status = new ObjectMapper().readTree(answer.out());
                    assertThat(status.path("well").asBoolean()).as(answer.out()).isTrue();
                    assertThat(status.path("job").path("restarts").asLong()).isPositive();
                });
    }
}

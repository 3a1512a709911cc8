package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.DuckDb;
import dev.firn.it.testing.Firn.Answer;
import dev.firn.it.testing.Golden;
import dev.firn.it.testing.Icebird;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import dev.firn.it.testing.cluster.UnpackedFirn;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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

    /** At 1 some 30,000 records, and one TaskManager that is killed. */
    private static final int SCALE = Integer.getInteger("firn.cluster.scale", 1);

    private static final int KILLS = Integer.getInteger("firn.cluster.kills", 1);

    private static final OrdersVolume FIRST = OrdersVolume.scaledTo(4_000 * SCALE);
    private static final OrdersVolume SECOND = OrdersVolume.scaledTo(8_000 * SCALE);
    private static final OrdersVolume THIRD = OrdersVolume.scaledTo(2_000 * SCALE);
    private static final OrdersVolume FOURTH = OrdersVolume.scaledTo(6_000 * SCALE);

    @Test
    void everyRecordIsThereOnceAfterATaskManagerAndTheJobManagerWereKilledAndTheFileWasChangedTwice() throws Exception {
        Shop shop = Shop.byDay("on_cluster");
        shop.produce(FIRST);
        Map<String, String> environment = shop.pipeline().environment();
        String file = shop.pipeline().file().toAbsolutePath().toString();
        try (UnpackedFirn firn = UnpackedFirn.unpack()) {
            List<URI> leaders = firn.startCluster(
                    environment, "--task-managers", Integer.toString(KILLS + 1), "--slots", "2", "--job-managers", "2");
            String url = leaders.get(0) + "," + leaders.get(1);

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

            List<String> killed = new ArrayList<>();
            for (int kill = 0; kill < KILLS; kill++) {
                long before = shop.committed();
                shop.produce(FIRST);
                awaitReadMore(shop, before);
                killed.add(firn.killABusyTaskManager(leaders.get(0)));
            }
            OrdersVolume[] first = Collections.nCopies(KILLS + 1, FIRST).toArray(OrdersVolume[]::new);
            shop.produce(SECOND);
            awaitRead(shop, Shop.records(first) + Shop.records(SECOND));
            awaitStatus(firn, environment, url, file);
            Answer status = firn.firn(environment, "status", "--cluster", url, file);
            assertThat(status.exitCode()).as(status.out()).isZero();
            assertThat(status.out())
                    .contains(
                            shop.pipeline().name() + " is RUNNING since ",
                            "a TaskManager is gone: ",
                            killed.get(KILLS - 1))
                    .containsPattern("started again [1-9]")
                    .containsPattern("lag, in positions not yet in the ledger +0\n")
                    .contains(shop.ordersTable().full(), "balanced");

            Answer listed = firn.firn(environment, "list", "--cluster", url);
            assertThat(listed.out())
                    .contains(url + ": 1 TaskManager, 0 of 2 slots free")
                    .containsPattern(shop.pipeline().name() + " +RUNNING ");

            String fallen = firn.killTheLeader();
            shop.produce(THIRD);
            awaitRead(shop, Shop.records(first) + Shop.records(SECOND, THIRD));
            assertThat(firn.leader()).isNotEqualTo(fallen);

            upgrade(shop, firn, url, file);
            awaitRead(shop, Shop.records(first) + Shop.records(SECOND, THIRD, FOURTH));

            Answer stopped = firn.firn(environment, "stop", "--cluster", url, file);
            assertThat(stopped.exitCode()).as(stopped.err()).isZero();
            assertThat(savepoint(stopped.out()).resolve("_metadata")).exists();
            List<OrdersVolume> all = new ArrayList<>(List.of(first));
            all.addAll(List.of(SECOND, THIRD, FOURTH));
            shop.assertEveryRecordOnce(all.toArray(OrdersVolume[]::new));
            assertOthersReadTheSame(shop, all);
            Files.writeString(
                    Stack.folder().resolveSibling("cluster.md"),
                    "%,d records; killed: %s, %s; upgraded by one column, after one that was taken back; %,d epochs; every record once\n"
                            .formatted(
                                    Shop.records(all.toArray(OrdersVolume[]::new)),
                                    String.join(", ", killed),
                                    fallen,
                                    shop.pipeline().ledger().lastEpoch()));

            List<ProcessHandle> processes = firn.processes();
            assertThat(processes).hasSize(3);
            Answer over = firn.stopCluster();
            assertThat(over.exitCode()).as(over.err()).isZero();
            assertThat(over.out())
                    .startsWith("ended jobmanager-")
                    .contains("(" + fallen + ", "
                            + String.join(", ", killed.stream().sorted().toList()) + " had ended before)");
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
        }
    }

    /** To a file with one more column, after one whose job can't run: the cluster's processes do not have its variable. */
    private static void upgrade(Shop shop, UnpackedFirn firn, String url, String file) throws Exception {
        Map<String, String> environment = shop.pipeline().environment();
        Path changed = Path.of(file);
        String old = Files.readString(changed);
        Path before = Files.writeString(changed.resolveSibling("before.yaml"), old);

        Answer same = firn.firn(environment, "upgrade", "--cluster", url, file);
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.out()).contains(" runs by; it goes on, and nothing was changed\n");

        Files.writeString(changed, old.replace("properties: {", "properties: {client.rack: \"${env:ONLY_HERE}\", "));
        Map<String, String> more = new HashMap<>(environment);
        more.put("ONLY_HERE", "here");
        Answer failed = firn.firn(more, "upgrade", "--cluster", url, "--back-to", before.toString(), file);
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
        assertThat(failed.err())
                .contains(
                        "run 2 is submitted",
                        "ONLY_HERE",
                        "going back to " + before,
                        "run 3 is submitted",
                        "firn: not upgraded: the pipeline runs by " + before + " again, as job ");

        Files.writeString(changed, old.replace("partition-by:", "set: {label: \"'third'\"}, partition-by:"));
        Answer upgraded = firn.firn(environment, "upgrade", "--cluster", url, "--back-to", before.toString(), file);
        assertThat(upgraded.exitCode()).as(upgraded.err()).isZero();
        assertThat(upgraded.out())
                .matches(
                        "(?s)" + shop.pipeline().name()
                                + " is upgraded: job [0-9a-f]{32} runs, and has made its first checkpoint\n\nNext:  firn status .*");
        assertThat(upgraded.err())
                .contains("the state fits", "goes on from " + savepoint(upgraded.err()), "run 4 is submitted");
        shop.produce(FOURTH);
    }

    /** By libraries that share no code with Iceberg's: one finds the files, the other reads them. */
    private static void assertOthersReadTheSame(Shop shop, List<OrdersVolume> all) throws Exception {
        Path table = WrittenTable.of(shop.pipeline(), shop.orders()).folder();
        String hint =
                Files.readString(table.resolve("metadata/version-hint.text")).strip();
        List<String> files = Icebird.installed().dataFiles(table.resolve("metadata/v" + hint + ".metadata.json"));
        long orders = all.stream().mapToLong(OrdersVolume::orders).sum();
        long largest = all.stream().mapToLong(OrdersVolume::orders).max().orElseThrow();

        assertThat(DuckDb.numbers(files, "count(*)", "count(DISTINCT order_id)", "count(label)"))
                .containsExactly(orders, largest, (long) FOURTH.orders());
    }

    private static Path savepoint(String said) {
        Matcher savepoint = Pattern.compile("its state is in (/\\S+)").matcher(said);
        assertThat(savepoint.find()).as(said).isTrue();
        return Path.of(savepoint.group(1));
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

    /** So that it dies with work in hand. */
    private static void awaitReadMore(Shop shop, long than) {
        Awaitility.await("the ledger to have more than " + than + " records")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(shop.committed()).isGreaterThan(than));
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

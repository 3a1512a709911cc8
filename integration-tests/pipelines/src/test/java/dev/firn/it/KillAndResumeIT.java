package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Stack;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pipeline whose process is gone from one moment to the next, and what the next one makes of it. */
class KillAndResumeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final OrdersVolume FIRST = OrdersVolume.scaledTo(8_000);
    private static final OrdersVolume SECOND = OrdersVolume.scaledTo(30_000);

    private String orders = "";
    private String refunds = "";
    private Pipeline pipeline = new Pipeline("", Path.of(""), Path.of(""));

    @BeforeEach
    void pipeline() throws IOException {
        orders = Stack.unique("orders");
        refunds = Stack.unique("refunds");
        pipeline = Pipeline.of(Stack.unique("killed"), List.of(orders, refunds), "");
    }

    @Test
    void everyRecordIsThereOnceAfterASigkillAndAResumeFromTheCheckpoint() throws Exception {
        produce(FIRST);
        killWhileReading();
        LedgerState killed = pipeline.ledger();

        Firn.Answer resumed = pipeline.run("--until-caught-up");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("goes on from", "chk-");
        assertEveryRecordOnce(FIRST, SECOND);
        assertThat(pipeline.ledger().lastRun()).isEqualTo(killed.lastRun() + 1);
    }

    @Test
    void everyRecordIsThereOnceWithTheFlinkStateGone() throws Exception {
        produce(FIRST);
        killWhileReading();
        delete(pipeline.file().resolveSibling(".firn"));

        Firn.Answer resumed = pipeline.run("--until-caught-up");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("goes on from the ledger");
        assertEveryRecordOnce(FIRST, SECOND);
    }

    @Test
    void ctrlCStopsWithASavepointFromWhichTheNextRunGoesOn() throws Exception {
        produce(FIRST);
        try (Firn.Started running = start()) {
            awaitEpoch(1, running);
            running.interrupt();
            Firn.Answer stopped = running.answer();
            assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
            assertThat(stopped.err()).contains("stopping with a savepoint", "savepoints", "go on with: firn run");
        }
        produce(SECOND);

        Firn.Answer resumed = pipeline.run("--until-caught-up", "--resume", "state");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("goes on from", "savepoint-");
        assertEveryRecordOnce(FIRST, SECOND);
    }

    private void produce(OrdersVolume volume) {
        Stack.running().produceOrders(OrdersLoad.of(volume).inTopics(orders, refunds));
    }

    private Firn.Started start() {
        return Firn.start(pipeline.environment(), "run", pipeline.file().toString());
    }

    /** Kills the process between two checkpoints while records keep coming, so that it dies with work in hand. */
    private void killWhileReading() throws Exception {
        try (Firn.Started running = start()) {
            awaitEpoch(1, running);
            CompletableFuture<Void> producing = CompletableFuture.runAsync(() -> produce(SECOND));
            awaitEpoch(pipeline.ledger().lastEpoch() + 1, running);
            running.kill();
            producing.join();
        }
        assertThat(positions(pipeline.ledger()))
                .as("the process was killed before it had written everything ahead")
                .isLessThan(records(FIRST) + records(SECOND));
    }

    private static long positions(LedgerState ledger) {
        return ledger.positions().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long records(OrdersVolume volume) {
        return (long) volume.ordersRecords() + volume.refunds();
    }

    private void awaitEpoch(long epoch, Firn.Started running) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(running.process().isAlive()).as(running.said()).isTrue();
            return pipeline.ledger().lastEpoch() >= epoch;
        });
    }

    private void assertEveryRecordOnce(OrdersVolume... volumes) {
        List<Long> expected = Stream.of(volumes)
                .flatMap(volume -> LongStream.rangeClosed(1, volume.orders()).boxed())
                .sorted()
                .toList();
        List<Long> ids = pipeline.rows(pipeline.table(orders), "order_id").stream()
                .map(row -> (Long) row.get(0))
                .sorted()
                .toList();
        assertThat(ids).isEqualTo(expected);
        int undecodable = Stream.of(volumes).mapToInt(OrdersVolume::undecodable).sum();
        assertThat(pipeline.rows(pipeline.quarantine(), "stream", "partition", "position"))
                .hasSize(undecodable)
                .doesNotHaveDuplicates();
        try (Lake lake = pipeline.lake()) {
            List<Epoch> epochs = lake.ledger().since(0);
            assertThat(outcomes(epochs, Outcome.ROUTED, orders)).isEqualTo(ids.size());
            assertThat(outcomes(epochs, Outcome.QUARANTINED, orders)).isEqualTo(undecodable);
        }
    }

    private static long outcomes(List<Epoch> epochs, Outcome outcome, String stream) {
        return epochs.stream()
                .flatMap(epoch -> epoch.outcomes().stream())
                .filter(count ->
                        count.outcome() == outcome && count.split().stream().equals(stream))
                .mapToLong(count -> count.records())
                .sum();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

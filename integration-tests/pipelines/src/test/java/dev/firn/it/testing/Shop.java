package dev.firn.it.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The shop's two topics, a pipeline that reads them, and what its tables hold when nothing is lost or doubled. */
public record Shop(String orders, String refunds, Pipeline pipeline) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** On a catalog of the test's choice. */
    public static Shop onCatalog(String name, String catalog) throws IOException {
        String orders = Stack.unique("orders");
        String refunds = Stack.unique("refunds");
        return new Shop(orders, refunds, Pipeline.withCatalog(Stack.unique(name), List.of(orders, refunds), catalog));
    }

    /** On the hadoop catalog, with a day of orders in a partition. */
    public static Shop byDay(String name) throws IOException {
        String orders = Stack.unique("orders");
        String refunds = Stack.unique("refunds");
        String pipeline = Stack.unique(name);
        String tables = "tables: [{table: %s.%s, partition-by: day(placed_at)}]%n".formatted(pipeline, orders);
        return new Shop(orders, refunds, Pipeline.of(pipeline, List.of(orders, refunds), tables));
    }

    public TableName ordersTable() {
        return pipeline.table(orders);
    }

    public TableName refundsTable() {
        return pipeline.table(refunds);
    }

    public void produce(OrdersVolume volume) {
        Stack.running().produceOrders(OrdersLoad.of(volume).inTopics(orders, refunds));
    }

    /** Runs until everything produced is committed; answers what the run said. */
    public String runUntilCaughtUp() {
        Firn.Answer answer = pipeline.run("--until-caught-up");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer.err();
    }

    /** Kills a run between two commits while records keep coming, so that it dies with work in hand. */
    public void killWhileReading(OrdersVolume coming) throws InterruptedException {
        try (Firn.Started running = start()) {
            awaitEpoch(1, running);
            CompletableFuture<Void> producing = CompletableFuture.runAsync(() -> produce(coming));
            awaitEpoch(pipeline.ledger().lastEpoch() + 1, running);
            running.kill();
            producing.join();
        }
    }

    /** A run that goes on until somebody ends it. */
    public Firn.Started start() {
        return Firn.start(pipeline.environment(), "run", pipeline.file().toString());
    }

    /** Returns when the ledger has an epoch; fails if the run ends before. */
    public void awaitEpoch(long epoch, Firn.Started running) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(running.process().isAlive()).as(running.said()).isTrue();
            return pipeline.ledger().lastEpoch() >= epoch;
        });
    }

    /** How many records of both topics the ledger has committed. */
    public long committed() {
        return pipeline.ledger().positions().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Looks at the table of orders with {@code firn table}: all of it is there, and what the ledger says of its commits are its rows. */
    public void assertTheTableIsWholeAndItsLedgerKnowsAllRows() throws IOException {
        String file = pipeline.file().toString();
        String table = ordersTable().full();
        Firn.Answer verified = Firn.run(pipeline.environment(), "table", "verify", "--footers", file, table);
        assertThat(verified.err()).isEmpty();
        assertThat(verified.out()).startsWith(table + ": all is there\n");
        assertThat(verified.exitCode()).isZero();
        Firn.Answer shown =
                Firn.run(pipeline.environment(), "table", "show", "--snapshots", "--format", "json", file, table);
        assertThat(shown.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(shown.out());
        long sent = 0;
        for (JsonNode snapshot : json.at("/snapshots")) {
            assertThat(snapshot.at("/ledger/to-table")).isEqualTo(snapshot.at("/rows-added"));
            sent += snapshot.at("/ledger/to-table").asLong();
        }
        assertThat(sent).isPositive().isEqualTo(json.at("/counts/rows").asLong());
        assertThat(json.at("/notes")).as(shown.out()).isEmpty();
    }

    /** How many records both topics hold after these loads. */
    public static long records(OrdersVolume... volumes) {
        return sum(volumes, volume -> volume.ordersRecords() + volume.refunds());
    }

    /** Every id once, every undecodable record once in quarantine, and a ledger that says the same. */
    public void assertEveryRecordOnce(OrdersVolume... volumes) {
        assertThat(ids(ordersTable(), "order_id")).isEqualTo(numbers(volumes, OrdersVolume::orders));
        assertThat(ids(refundsTable(), "refund_id")).isEqualTo(numbers(volumes, OrdersVolume::refunds));
        int undecodable = sum(volumes, OrdersVolume::undecodable);
        assertThat(pipeline.rows(pipeline.quarantine(), "stream", "partition", "position"))
                .hasSize(undecodable)
                .doesNotHaveDuplicates();
        try (Lake lake = pipeline.lake()) {
            List<Epoch> epochs = lake.ledger().since(0);
            assertThat(outcomes(epochs, Outcome.ROUTED, orders)).isEqualTo(sum(volumes, OrdersVolume::orders));
            assertThat(outcomes(epochs, Outcome.QUARANTINED, orders)).isEqualTo(undecodable);
            assertThat(outcomes(epochs, Outcome.ROUTED, refunds)).isEqualTo(sum(volumes, OrdersVolume::refunds));
        }
        assertThat(committed()).isEqualTo(records(volumes));
    }

    private List<Long> ids(TableName table, String column) {
        return pipeline.rows(table, column).stream()
                .map(row -> (Long) row.get(0))
                .sorted()
                .toList();
    }

    /** Each load numbers its records from 1. */
    private static List<Long> numbers(OrdersVolume[] volumes, ToIntFunction<OrdersVolume> count) {
        return Stream.of(volumes)
                .flatMap(volume ->
                        LongStream.rangeClosed(1, count.applyAsInt(volume)).boxed())
                .sorted()
                .toList();
    }

    private static int sum(OrdersVolume[] volumes, ToIntFunction<OrdersVolume> count) {
        return Stream.of(volumes).mapToInt(count).sum();
    }

    private static long outcomes(List<Epoch> epochs, Outcome outcome, String stream) {
        return epochs.stream()
                .flatMap(epoch -> epoch.outcomes().stream())
                .filter(count ->
                        count.outcome() == outcome && count.split().stream().equals(stream))
                .mapToLong(count -> count.records())
                .sum();
    }
}

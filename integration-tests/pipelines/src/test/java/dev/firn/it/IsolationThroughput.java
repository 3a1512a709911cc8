package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pace;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.Troubles;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same records into the same six tables, with all of them well and with one that is not: how fast the other five get theirs.
 * It is {@code integration-tests/evidence isolation}, and no part of a build. Leaves figures in {@code target/isolation.md}.
 */
@Tag("heavy")
class IsolationThroughput {

    private static final OrdersVolume VOLUME =
            OrdersVolume.scaledTo(Integer.getInteger("firn.isolation.orders", 20_000));
    private static final int ROUNDS = Integer.getInteger("firn.isolation.rounds", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final double SLOWER_AT_MOST = 0.90;

    private static final String ROUNDS_HEADER =
            """
            | the first of six tables | round | seconds | of the processor | rows a second | a processor second | longest pause, s |
            |---|---|---|---|---|---|---|
            """;

    private static final String MEDIANS_HEADER =
            """

            Median of the rounds, each in parts of the healthy run of the same round:

            | the first of six tables | rows a second | without the longest pause | rows a processor second |
            |---|---|---|---|
            """;

    /** In seconds: a few checkpoints; and a restart, of which Flink waits five. */
    private static final double LONGEST_PAUSE = 4;

    private static final double LONGEST_RESTART = 12;

    private static final String CLOSED = "closed folder";
    private static final String REFUSING = "refuse files";

    /** What is wrong with the first of the tables, the word for it, and how fast the others were, a round after the other. */
    private record Case(String name, String word, List<Pace> paces) {

        Case(String name, String word) {
            this(name, word, new ArrayList<>());
        }

        /** Of all rounds, each in parts of what was reached in the same round with all tables well. */
        double median(Case well, ToDoubleFunction<Pace> figure) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < Math.min(paces.size(), well.paces.size()); round++) {
                ratios.add(figure.applyAsDouble(paces.get(round)) / figure.applyAsDouble(well.paces.get(round)));
            }
            return middle(ratios);
        }

        double medianPause() {
            return middle(paces.stream().map(Pace::longestPause).toList());
        }

        private static double middle(List<Double> values) {
            List<Double> inOrder = values.stream().sorted().toList();
            return inOrder.isEmpty() ? Double.NaN : inOrder.get(inOrder.size() / 2);
        }
    }

    private final Case well = new Case("is well", "");

    private final List<Case> cases = List.of(
            well,
            new Case("fails at each commit", "fail commit"),
            new Case("hangs at each commit", "hang commit"),
            new Case("has a folder that can't be written to", CLOSED),
            new Case("refuses each file when it is complete", REFUSING));

    /** How many each topic has for its table. */
    private final Map<String, Long> records = new LinkedHashMap<>();

    @Test
    void theOthersAreNotSlower() throws Exception {
        for (int pair = 0; pair < 3; pair++) {
            String orders = Stack.unique("orders");
            String refunds = Stack.unique("refunds");
            new Shop(orders, refunds, pipeline(List.of(orders, refunds))).produce(VOLUME);
            records.put(orders, (long) VOLUME.orders());
            records.put(refunds, (long) VOLUME.refunds());
        }
        for (int round = 0; round < ROUNDS; round++) {
            // What comes first finds another machine than what comes last.
            List<Case> order = new ArrayList<>(cases);
            Collections.rotate(order, round);
            for (Case next : order) {
                next.paces().add(pace(next));
                Files.writeString(Path.of("target", "isolation.md"), figures());
            }
        }
        for (Case each : cases) {
            // A store that tells last of all whether it takes a file costs one restart: it is told apart.
            boolean restarts = each.word().equals(REFUSING);
            assertThat(each.median(well, restarts ? Pace::rowsPerSecondBesides : Pace::rowsPerSecond))
                    .as("the first table %s, on the clock:%n%s", each.name(), figures())
                    .isGreaterThan(SLOWER_AT_MOST);
            assertThat(each.median(well, Pace::rowsPerProcessorSecond))
                    .as("the first table %s, of the processor:%n%s", each.name(), figures())
                    .isGreaterThan(SLOWER_AT_MOST);
            assertThat(each.medianPause())
                    .as("the first table %s, its longest pauses:%n%s", each.name(), figures())
                    .isLessThan(restarts ? LONGEST_RESTART : LONGEST_PAUSE);
        }
    }

    private String figures() {
        StringBuilder lines = new StringBuilder(ROUNDS_HEADER);
        for (Case each : cases) {
            int round = 1;
            for (Pace pace : each.paces()) {
                lines.append(pace.line(each.name(), round++)).append('\n');
            }
        }
        lines.append(MEDIANS_HEADER);
        for (Case each : cases) {
            lines.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f |%n",
                    each.name(),
                    each.median(well, Pace::rowsPerSecond),
                    each.median(well, Pace::rowsPerSecondBesides),
                    each.median(well, Pace::rowsPerProcessorSecond)));
        }
        return lines.toString();
    }

    private static Pipeline pipeline(List<String> topics) throws IOException {
        return Pipeline.withCatalog(Stack.unique("isolation"), topics, Troubles.CATALOG);
    }

    /** Of the tables other than the first, from when they have rows until they have all. */
    private Pace pace(Case now) throws Exception {
        List<String> topics = List.copyOf(records.keySet());
        Pipeline pipeline = pipeline(topics);
        Shop shop = new Shop(topics.get(0), topics.get(1), pipeline);
        Troubles troubles = Troubles.of(shop);
        if (now.word().equals(CLOSED)) {
            Path closed = Files.createFile(pipeline.file().resolveSibling("closed"));
            Files.writeString(
                    pipeline.file(),
                    Files.readString(pipeline.file())
                            + "tables: [{table: %s, properties: {write.data.path: \"%s/data\"}}]%n"
                                    .formatted(shop.ordersTable(), closed));
        } else if (!now.word().isEmpty()) {
            troubles.begin(shop.ordersTable(), now.word());
        }
        long all = records.values().stream().skip(1).mapToLong(Long::longValue).sum();
        try (Firn.Started running = shop.start()) {
            Pace.Watch watch = new Pace.Watch(running.process());
            Awaitility.await().atMost(PATIENCE).until(() -> running.said().contains("run 1 started"));
            try (JdbcCatalog catalog = troubles.catalog()) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(250))
                        .until(() -> {
                            assertThat(running.process().isAlive())
                                    .as(running.said())
                                    .isTrue();
                            return watch.seen(others(catalog, pipeline)) == all;
                        });
                assertThat(rows(catalog, shop.ordersTable()) > 0)
                        .as(running.said())
                        .isEqualTo(now.word().isEmpty());
            }
            running.kill();
            return watch.pace();
        }
    }

    private long others(JdbcCatalog catalog, Pipeline pipeline) {
        return records.keySet().stream()
                .skip(1)
                .mapToLong(topic -> rows(catalog, pipeline.table(topic)))
                .sum();
    }

    private static long rows(JdbcCatalog catalog, TableName table) {
        Snapshot now = catalog.loadTable(Troubles.identifier(table)).currentSnapshot();
        return Stream.ofNullable(now)
                .mapToLong(snapshot -> Long.parseLong(snapshot.summary().getOrDefault("total-records", "0")))
                .sum();
    }
}

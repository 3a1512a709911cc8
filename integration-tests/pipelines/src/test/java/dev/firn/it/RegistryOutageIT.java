package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Events;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.RegistryProxy;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.VersionedTopic;
import dev.firn.it.testing.VersionedTopic.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A registry that is away for the middle third of a run in which new schema ids arrive. */
class RegistryOutageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** In each of the twelve loads. */
    private static final long RECORDS = Long.getLong("firn.outage.records", 300);

    private final VersionedTopic orders = VersionedTopic.create(Stack.unique("orders"), 2);
    private final VersionedTopic steady = VersionedTopic.create(Stack.unique("steady"), 1);
    private final Version known = Version.register(orders.name() + "-value", "a", "b");
    private final Version first = Version.register(Stack.unique("first"), "a");
    private final Version second = Version.register(Stack.unique("second"), "b");
    private final Map<String, List<List<@Nullable Object>>> expected = new HashMap<>();
    private long sent;

    @Test
    void everyRowIsExactAndTheJobNeverStartsAgain() throws Exception {
        Version.register(steady.name() + "-value", "a", "b");
        Pipeline pipeline = Pipeline.of(Stack.unique("outage"), List.of(orders.name(), steady.name()), "");
        try (RegistryProxy registry = new RegistryProxy();
                Firn.Started running = Firn.start(
                        Map.of("KAFKA", Stack.running().bootstrapServers(), "REGISTRY", registry.url()),
                        "run",
                        pipeline.file().toString())) {
            send(orders, 0, known);
            send(orders, 1, known);
            send(steady, 0, known);
            awaitCommitted(pipeline, sent, running);

            registry.shut();
            send(steady, 0, known);
            send(orders, 0, known);
            send(orders, 1, known);
            long readable = sent;
            send(orders, 0, first);
            send(orders, 0, known);
            send(orders, 1, second);
            awaitCommitted(pipeline, readable, running);
            awaitSaid(running, "orders.*-[01] waits at offset " + 2 * RECORDS + " for schema id");
            send(steady, 0, known);
            awaitCommitted(pipeline, readable + RECORDS, running);
            assertThat(registry.refused()).isPositive();

            registry.open();
            send(orders, 1, first);
            awaitCommitted(pipeline, sent, running);
            send(orders, 0, known);
            awaitCommitted(pipeline, sent, running);
            awaitSaid(running, "goes on with records of schema id " + second.id());
            running.interrupt();
            Firn.Answer answer = running.answer();
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(130);

            // A job that starts again asks again: what it knew went with its tasks.
            assertThat(registry.answered()).isEqualTo(Map.of(known.id(), 1, first.id(), 1, second.id(), 1));
        }
        assertRows(pipeline, orders);
        assertRows(pipeline, steady);
        Firn.Answer recount = new Events(orders.name(), pipeline)
                .firn("audit", "--recount", pipeline.file().toString());
        assertThat(recount.exitCode()).as(recount.out() + recount.err()).isZero();
        System.out.printf("a registry that is away: %d records, each schema asked for once%n", sent);
    }

    private void send(VersionedTopic topic, int partition, Version version) {
        topic.send(partition, version, sent + 1, sent + RECORDS);
        List<List<@Nullable Object>> rows = expected.computeIfAbsent(topic.name(), any -> new ArrayList<>());
        for (long number = sent + 1; number <= sent + RECORDS; number++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(number);
            row.add(version.expected("a", number));
            row.add(version.expected("b", number));
            rows.add(row);
        }
        sent += RECORDS;
    }

    private void assertRows(Pipeline pipeline, VersionedTopic topic) {
        List<List<@Nullable Object>> rows =
                new ArrayList<>(pipeline.rows(pipeline.table(topic.name()), "id", "a", "b"));
        rows.sort(Comparator.comparing(row -> (Long) row.get(0)));
        assertThat(rows).isEqualTo(expected.get(topic.name()));
    }

    private static void awaitCommitted(Pipeline pipeline, long records, Firn.Started running) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            alive(running);
            assertThat(pipeline.ledger().positions().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(records);
        });
    }

    private static void awaitSaid(Firn.Started running, String pattern) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            alive(running);
            assertThat(running.said()).containsPattern(pattern);
        });
    }

    private static void alive(Firn.Started running) {
        if (!running.process().isAlive()) {
            throw new IllegalStateException(running.said());
        }
    }
}

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Events;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.RegistryProxy;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.VersionedTopic;
import dev.firn.it.testing.VersionedTopic.Version;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A registry that is away for the middle third of a run in which new schema ids arrive. */
class RegistryOutageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** In each of the fifteen loads. */
    private static final long RECORDS = Long.getLong("firn.outage.records", 300);

    private final VersionedTopic orders = VersionedTopic.create(Stack.unique("orders"), 2);
    private final VersionedTopic steady = VersionedTopic.create(Stack.unique("steady"), 1);
    private final Version known = Version.register(orders.name() + "-value", "a", "b");
    private final Version first = Version.register(Stack.unique("first"), "a");
    private final Version second = Version.register(Stack.unique("second"), "b");
    private final Map<String, List<List<@Nullable Object>>> expected = new HashMap<>();
    private long sent;
    private int refusals;

    @Test
    void everyRowIsExactTheJobNeverStartsAgainAndTheNextOnesStartWithoutARegistry() throws Exception {
        Version.register(steady.name() + "-value", "a", "b");
        Pipeline pipeline = Pipeline.of(Stack.unique("outage"), List.of(orders.name(), steady.name()), "");
        try (RegistryProxy registry = new RegistryProxy()) {
            Map<String, String> environment =
                    Map.of("KAFKA", Stack.running().bootstrapServers(), "REGISTRY", registry.url());
            outage(pipeline, registry, environment);
            assertThat(registry.answered()).isEqualTo(Map.of(known.id(), 1, first.id(), 1, second.id(), 1));

            registry.shut();
            refusals = registry.refused();
            int byId = registry.refusedById();
            for (String from : List.of("ledger", "state")) {
                send(orders, 0, second);
                send(orders, 1, known);
                send(orders, 0, first);
                assertThat(resumed(pipeline, environment, from).err())
                        .containsPattern("warning\\[schema-from-ledger]: the registry at `" + registry.url()
                                + "` can't say the latest version of subject `" + orders.name() + "-value`: .*"
                                + "; newest schemas are taken from the ledger: `" + orders.name()
                                + "` as run 1 found it, `" + steady.name() + "` as run 1 found it");
            }
            assertThat(registry.refusedById())
                    .as("ledger and state have all schemas")
                    .isEqualTo(byId);
        }
        assertRows(pipeline, orders);
        assertRows(pipeline, steady);
        Firn.Answer recount = new Events(orders.name(), pipeline)
                .firn("audit", "--recount", pipeline.file().toString());
        assertThat(recount.exitCode()).as(recount.out() + recount.err()).isZero();
        Files.writeString(
                Path.of("target", "outage.md"),
                String.format(
                        Locale.ROOT,
                        """
                        | what | seen |
                        |---|---|
                        | records, all of them rows that are what was sent | %,d |
                        | how often each of the three schemas was told by its id, over three runs | once |
                        | requests that were refused while the registry was shut | %d |
                        | restarts of the job | 0 |
                        | requests by id of the runs that went on from the ledger alone, and from the state, with the registry shut | 0 |
                        """,
                        sent,
                        refusals));
    }

    @Test
    void whatWaitsForTooLongGoesToQuarantineWhereTheFileSaysSo() throws Exception {
        Pipeline pipeline = Pipeline.of(Stack.unique("given-up"), List.of(orders.name()), "");
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file())
                        .replace(
                                "\"${env:REGISTRY}\"", "\"${env:REGISTRY}\", on-outage: {wait: 2s, then: quarantine}"));
        try (RegistryProxy registry = new RegistryProxy()) {
            Map<String, String> environment =
                    Map.of("KAFKA", Stack.running().bootstrapServers(), "REGISTRY", registry.url());
            send(orders, 0, known);
            resumed(pipeline, environment, "ledger");

            registry.loseSchemas();
            orders.send(0, second, sent + 1, sent + RECORDS);
            send(orders, 0, known);
            send(orders, 1, known);
            Firn.Answer answer = resumed(pipeline, environment, "ledger");
            assertThat(answer.out())
                    .containsPattern(String.format(Locale.ROOT, "read +%,d ", 3 * RECORDS))
                    .containsPattern(String.format(Locale.ROOT, "written to Iceberg +%,d ", 2 * RECORDS));
        }
        assertRows(pipeline, orders);
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "partition", "position", "value_schema_id").stream()
                        .sorted(Comparator.comparing(row -> (Long) row.get(2)))
                        .toList())
                .isEqualTo(LongStream.range(RECORDS, 2 * RECORDS)
                        .mapToObj(position -> List.<Object>of("schema-unavailable", 0, position, second.id()))
                        .toList());
    }

    private static Firn.Answer resumed(Pipeline pipeline, Map<String, String> environment, String from) {
        Firn.Answer answer = Firn.run(
                environment,
                "run",
                "--until-caught-up",
                "--resume",
                from,
                pipeline.file().toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer;
    }

    private void outage(Pipeline pipeline, RegistryProxy registry, Map<String, String> environment) throws Exception {
        try (Firn.Started running =
                Firn.start(environment, "run", pipeline.file().toString())) {
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
            assertThat(job(running)).contains("\"RESTARTING\":0", "\"FAILING\":0");
            running.interrupt();
            Firn.Answer answer = running.answer();
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(130);
        }
    }

    /** What Flink says of the job, with when it was last in each status. */
    private static String job(Firn.Started running) throws Exception {
        String page = found("page is (http[^,/]+//[^,/]+)", running.said());
        String id = found("\"jid\":\"(\\w+)\"", get(page + "/jobs/overview"));
        return get(page + "/jobs/" + id);
    }

    private static String get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
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

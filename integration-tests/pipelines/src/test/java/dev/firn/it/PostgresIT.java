package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.database.Crm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The tables are the database's own, whatever happens to the job, its state and its connection while rows change all the time. */
class PostgresIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** As `customers` has it, with a text for each value. */
    private static final String CUSTOMER =
            "concat_ws(', ', name, coalesce(credit::text, 'null'), coalesce(born::text, 'null'),"
                    + " coalesce(to_char(seen AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'null'),"
                    + " coalesce('[' || array_to_string(tags, ', ', 'null') || ']', 'null'), coalesce(body, 'null'), coalesce(city, 'null'))";

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @Test
    void theTablesAreTheDatabasesOwn() throws Exception {
        long seed = System.nanoTime();
        try (Crm crm = new Crm(seed)) {
            crm.fill(3_000);
            Pipeline pipeline = pipeline(crm);
            crm.change(20);
            kill(pipeline, crm, "run 1 started");
            delete(pipeline.file().resolveSibling(".firn"));
            kill(pipeline, crm, "goes on from the ledger");
            try (Firn.Started running = start(pipeline)) {
                long epoch = pipeline.ledger().lastEpoch();
                crm.addColumn();
                crm.change(40);
                awaitEpoch(pipeline, epoch + 2, running);
                crm.cutConnections();
                crm.change(40);
                awaitEpoch(pipeline, epoch + 4, running);
                running.kill();
            }
            crm.change(50);

            Firn.Answer last = pipeline.run("--until-caught-up");

            assertThat(last.exitCode()).as("seed " + seed + ": " + last.err()).isZero();
            assertSame(seed, customers(pipeline), crm.rows("id::text", CUSTOMER, "customers"));
            assertSame(seed, lines(pipeline), crm.rows("\"order\" || '-' || line", "article || '|' || count", "lines"));
            assertThat(pipeline.rows(pipeline.quarantine(), "code", "message")).isEmpty();
            Firn.Answer audit =
                    Firn.run(pipeline.environment(), "audit", pipeline.file().toString());
            assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        }
    }

    private static Pipeline pipeline(Crm crm) throws IOException {
        String name = Stack.unique("crm");
        Pipeline pipeline = Pipeline.of(
                name,
                List.of("none"),
                """
                route:
                  - {from: public.*, to: NAME.$1}
                tables:
                  - {table: NAME.*, write: upsert}
                """
                        .replace("NAME", name));
        String kafka =
                """
                  type: kafka
                  topics: [none]
                  properties: {bootstrap.servers: "${env:KAFKA}"}
                  format: {type: avro, registry: {url: "${env:REGISTRY}"}}
                """;
        String text = Files.readString(pipeline.file());
        assertThat(text).contains(kafka);
        Files.writeString(
                pipeline.file(),
                text.replace(
                        kafka,
                        """
                          name: crm
                          type: postgres
                          hostname: localhost
                          port: PORT
                          database: postgres
                          username: postgres
                          password: any
                          tables: [public.*]
                          exclude: [public.tmp_*]
                        """
                                .replace("PORT", String.valueOf(crm.port()))));
        return pipeline;
    }

    private static Firn.Started start(Pipeline pipeline) {
        return Firn.start(pipeline.environment(), "run", pipeline.file().toString());
    }

    /** The process is gone while rows change. */
    private static void kill(Pipeline pipeline, Crm crm, String resumed) throws Exception {
        try (Firn.Started running = start(pipeline)) {
            await(running, () -> running.said().contains("started"));
            long epoch = pipeline.ledger().lastEpoch();
            crm.change(30);
            awaitEpoch(pipeline, epoch + 2, running);
            crm.change(10);
            running.kill();
            assertThat(running.said()).containsPattern(resumed);
        }
    }

    private static void awaitEpoch(Pipeline pipeline, long epoch, Firn.Started running) {
        await(running, () -> pipeline.ledger().lastEpoch() >= epoch);
    }

    private static void await(Firn.Started running, Callable<Boolean> reached) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(running.process().isAlive()).as(running.said()).isTrue();
            return reached.call();
        });
    }

    private static void assertSame(long seed, SortedMap<String, String> table, SortedMap<String, String> source) {
        List<String> different = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(table.keySet());
        keys.addAll(source.keySet());
        for (String key : keys) {
            if (!Objects.equals(table.get(key), source.get(key))) {
                different.add(key + ": " + table.get(key) + " where the database has " + source.get(key));
            }
        }
        assertThat(different.stream().limit(5))
                .as("the first of %d that differ of %d, seed %d", different.size(), source.size(), seed)
                .isEmpty();
    }

    private static SortedMap<String, String> customers(Pipeline pipeline) {
        SortedMap<String, String> rows = new TreeMap<>();
        pipeline.rows(pipeline.table("customers"), "id", "name", "credit", "born", "seen", "tags", "body", "city")
                .forEach(row -> rows.merge(
                        String.valueOf(row.get(0)),
                        row.subList(1, row.size()).stream()
                                .map(value -> value instanceof TemporalAccessor time && !(value instanceof LocalDate)
                                        ? MICROS.format(time)
                                        : String.valueOf(value))
                                .collect(Collectors.joining(", ")),
                        (one, other) -> one + " and " + other));
        return rows;
    }

    private static SortedMap<String, String> lines(Pipeline pipeline) {
        SortedMap<String, String> rows = new TreeMap<>();
        pipeline.rows(pipeline.table("lines"), "order", "line", "article", "count")
                .forEach(row -> rows.merge(
                        row.get(0) + "-" + row.get(1),
                        row.get(2) + "|" + row.get(3),
                        (one, other) -> one + " and " + other));
        return rows;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Events;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.Troubles;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table that a whole pipeline goes on without, from a real broker, until somebody mends it: no row is lost, none is there twice. */
@Tag("heavy")
class DetachIT {

    /** Each event goes to two tables, so one shows what the other must have. */
    private static Events copied(String name) throws Exception {
        return events(
                name,
                """
                route:
                  - {from: TOPIC, to: [NAME.ill, NAME.well]}
                tables:
                  - {table: NAME.ill, hold: {for: 1s, then: detach}}
                """);
    }

    private static Events events(String name, String more) throws Exception {
        String topic = Stack.unique(name);
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.withCatalog(Stack.unique(name), List.of(topic), Troubles.CATALOG);
        Files.writeString(
                pipeline.file(),
                more.replace("TOPIC", topic).replace("NAME", pipeline.name()),
                StandardOpenOption.APPEND);
        return new Events(topic, pipeline);
    }

    private static Troubles troubles(Events events) throws Exception {
        Path folder = events.pipeline().file().resolveSibling("troubles");
        return new Troubles(Files.createDirectories(folder));
    }

    @Test
    void whatWaitsOutlivesAKillAndARestartAndGoesInWhenTheTableIsMended() throws Exception {
        Events events = copied("detached");
        Troubles troubles = troubles(events);
        TableName ill = events.pipeline().table("ill");
        TableName well = events.pipeline().table("well");
        events.send(1, 5);
        try (Firn.Started running = start(events)) {
            awaitIds(events, ill, 5, running);
            troubles.begin(ill, "fail commit");
            events.send(6, 9);
            awaitSaid(running, ill + " is detached since [0-9-]{10} [0-9:]{8}, with epoch [0-9]+: .*503 for " + ill);
            // The ledger says so; most likely no writer knows yet.
            running.kill();
        }
        try (Firn.Started running = start(events)) {
            awaitSaid(
                    running,
                    ill + " is still detached, since epoch [0-9]+: .*503 for " + ill
                            + ".*; [0-9]+ epochs? with [1-4] rows?"
                            + " waits? in the ledger, new records for it go to quarantine \\(table-detached\\)");
            events.send(10, 14);
            awaitIds(events, well, 14, running);
            awaitQuarantined(events, 5, running);
            running.interrupt();
            Firn.Answer answer = running.answer();
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(130);
            assertThat(answer.out())
                    .contains("table `" + ill + "` is detached since epoch ")
                    .contains("; a run attaches it again once it can be committed to");
        }
        assertThat(ids(events, ill)).containsExactly(1L, 2L, 3L, 4L, 5L);
        Firn.Answer waiting =
                events.firn("audit", "--recount", events.pipeline().file().toString());
        assertThat(waiting.exitCode()).as(waiting.out() + waiting.err()).isZero();
        assertThat(waiting.out()).contains("is detached since ").contains("recounted: agrees with the ledger");

        troubles.end(ill);
        events.send(15, 16);
        Firn.Answer mended = events.run();

        assertThat(mended.exitCode()).as(mended.err()).isZero();
        assertThat(mended.err())
                .containsPattern(
                        ill + " is attached again: what waited for it is in \\([0-9]+ epochs? with [1-4] rows?\\),"
                                + " new records go to it; what went to quarantine \\(table-detached\\) stays there");
        assertEachOnce(events, ill, 16);
        assertThat(ids(events, ill)).contains(15L, 16L);
        assertThat(ids(events, well)).isEqualTo(numbers(16));
        Firn.Answer recount =
                events.firn("audit", "--recount", events.pipeline().file().toString());
        assertThat(recount.exitCode()).as(recount.out() + recount.err()).isZero();
        assertThat(recount.out()).doesNotContain("detached since");
    }

    @Test
    void aTableThatAValueNamesComesBackWhileTheJobRuns() throws Exception {
        Events events = events(
                "comes_back",
                """
                route:
                  - {from: TOPIC, by: id, to: [NAME.well, NAME.of_$by]}
                tables:
                  - {table: "*.of_*", hold: {for: 1s, then: detach}}
                """);
        Troubles troubles = troubles(events);
        TableName seven = events.pipeline().table("of_7");
        TableName well = events.pipeline().table("well");
        events.send(6, 8);
        try (Firn.Started running = start(events)) {
            awaitIds(events, well, 3, running);
            awaitIds(events, seven, 1, running);
            troubles.begin(seven, "fail commit");
            events.send(7, 7);
            awaitSaid(running, seven + " is detached since ");
            troubles.begin(seven, "fail load");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                events.send(7, 8);
                return quarantined(events) > 0;
            });
            troubles.end(seven);
            awaitSaid(
                    running,
                    seven + " is attached again: what waited for it is in, with epoch [0-9]+, new records go to it");
            long before = ids(events, seven).size();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                events.send(7, 7);
                return ids(events, seven).size() > before;
            });
            running.interrupt();
            assertThat(running.answer().exitCode()).isEqualTo(130);
        }
        long sent = ids(events, well).stream().filter(id -> id == 7).count();
        assertThat(ids(events, seven).size() + quarantined(events)).isEqualTo(sent);
        Firn.Answer recount =
                events.firn("audit", "--recount", events.pipeline().file().toString());
        assertThat(recount.exitCode()).as(recount.out() + recount.err()).isZero();
    }

    private static Firn.Started start(Events events) {
        return Firn.start(
                events.pipeline().environment(), "run", events.pipeline().file().toString());
    }

    /** Of one partition, an event stands where its id says. */
    private static void assertEachOnce(Events events, TableName table, long last) {
        List<Long> away =
                events.pipeline().rows(events.pipeline().quarantine(), "position", "table_name", "code").stream()
                        .peek(row -> assertThat(row.subList(1, 3)).isEqualTo(List.of(table.full(), "table-detached")))
                        .map(row -> (Long) row.get(0) + 1)
                        .toList();
        assertThat(Stream.concat(ids(events, table).stream(), away.stream()).sorted())
                .containsExactlyElementsOf(numbers(last));
        try (Lake lake = events.pipeline().lake()) {
            List<Epoch> epochs = lake.ledger().since(0);
            assertThat(records(epochs, Outcome.QUARANTINED, table)).isEqualTo(away.size());
            assertThat(records(epochs, Outcome.ROUTED, table)).isEqualTo(last - away.size());
            assertThat(lake.ledger().detached()).isEmpty();
        }
    }

    private static long records(List<Epoch> epochs, Outcome outcome, TableName table) {
        return epochs.stream()
                .flatMap(epoch -> epoch.outcomes().stream())
                .filter(count -> count.outcome() == outcome && count.table().equals(table.full()))
                .mapToLong(count -> count.records())
                .sum();
    }

    private static List<Long> numbers(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** A table that is not there yet has none. */
    private static List<Long> ids(Events events, TableName table) {
        List<Long> ids = new ArrayList<>();
        try (Lake lake = events.pipeline().lake()) {
            if (lake.table(table).isPresent()) {
                lake.read(table, List.of("id"), row -> ids.add((Long) row.get(0)));
            }
        }
        return ids.stream().sorted().toList();
    }

    private static long quarantined(Events events) {
        return events.pipeline().rows(events.pipeline().quarantine(), "code").size();
    }

    private static void awaitIds(Events events, TableName table, int count, Firn.Started running) {
        await(running, () -> assertThat(ids(events, table)).as(running::said).hasSize(count));
    }

    private static void awaitQuarantined(Events events, long records, Firn.Started running) {
        await(running, () -> assertThat(quarantined(events)).as(running::said).isGreaterThanOrEqualTo(records));
    }

    private static void awaitSaid(Firn.Started running, String pattern) {
        await(running, () -> assertThat(running.said()).containsPattern(pattern));
    }

    private static void await(Firn.Started running, Runnable seen) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                // SQLite lets one at a time in, and the job is faster.
                .ignoreException(OutsideException.class)
                .untilAsserted(() -> {
                    assertThat(running.process().isAlive()).as(running.said()).isTrue();
                    seen.run();
                });
    }
}

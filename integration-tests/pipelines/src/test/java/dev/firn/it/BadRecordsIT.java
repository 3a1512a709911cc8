package dev.firn.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.TopicReader;
import dev.firn.it.testing.Trades;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of many records each hundredth is bad, in twelve ways, and the job is killed again and again: each is where it belongs, once, before and after all is mended. */
class BadRecordsIT {

    private static final int RECORDS = Integer.getInteger("firn.bad.records", 200_000);

    /** Above that, records need more memory and time than other tests give. */
    private static final int MANY = 1_000_000;

    /** Between two of these the broker is waited for. */
    private static final int AT_ONCE = Math.max(2_000, RECORDS / 1_000);

    /** The same while a process is to be killed: so few that there is always more to come than it can have committed. */
    private static final int WHILE_IT_RUNS = 20;

    /** A quarter of them is read in one go. */
    private static final Duration PATIENCE = Duration.ofMinutes(3 + RECORDS / 500_000);

    private final String topic = Stack.unique("trades");
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean slowly;
    private volatile CompletableFuture<Void> killed = new CompletableFuture<>();
    private final Map<String, Integer> codes = new TreeMap<>();

    @Test
    void eachIsWhereItBelongsOnceThroughThreeSigkillsAndAReplayThatIsKilledToo() throws Exception {
        Pipeline pipeline = Pipeline.of(
                Stack.unique("bad-trades"),
                List.of(topic),
                """
                route:
                  - {from: TOPIC, by: desk, to: NAME.of_$by, max-tables: 2}
                tables:
                  - table: "*.of_*"
                    schema-evolution: {add-column: quarantine}
                    set: {share: "1000 / lots"}
                    expect: {few-lots: lots < 1000}
                quarantine: {topic: NAME-dlq}
                """);
        edit(pipeline, Map.of("TOPIC", topic, "NAME", pipeline.name()));
        Stack.running().createTopic(pipeline.name() + "-dlq", 2);
        try (Trades trades = new Trades(topic)) {
            send(trades, 100);
            killed(pipeline, trades, RECORDS / 4, "run 1 started");
            killed(pipeline, trades, RECORDS / 2, "chk-");
            delete(pipeline.file().resolveSibling(".firn"));
            killed(pipeline, trades, RECORDS / 4 * 3L, "goes on from the ledger");
            send(trades, RECORDS);
            Firn.Answer last = run(pipeline, "run", "--until-caught-up");
            assertThat(last.exitCode()).as(last.err()).isZero();
            assertThat(last.err()).contains("chk-");
            assertThat(pipeline.ledger().lastRun()).isEqualTo(4);
            assertRows(pipeline, number -> Trades.flaw(number) == null, "oslo", "bern");
            assertQuarantined(pipeline, trades);
            assertInTheTopic(pipeline, trades);

            trades.registerWhatWasLacking();
            edit(
                    pipeline,
                    Map.of(
                            "max-tables: 2", "max-tables: 3",
                            "add-column: quarantine", "add-column: apply",
                            "1000 / lots", "1000 / nullif(lots, 0)",
                            "lots < 1000", "lots < 10000"));
            killReplay(pipeline);
            Firn.Answer replay = run(pipeline, "replay");
            assertThat(replay.exitCode()).as(replay.out() + replay.err()).isEqualTo(1);

            assertRows(pipeline, number -> mended(number), "oslo", "bern", "rome");
            assertPutBack(pipeline, trades);
            assertInTheTopic(pipeline, trades);
            Firn.Answer audit = run(pipeline, "audit", "--recount");
            assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        }
        report();
    }

    private static boolean mended(long number) {
        Trades.Flaw flaw = Trades.flaw(number);
        return flaw == null || flaw.mendable();
    }

    private void send(Trades trades, long to) {
        while (sent.get() < to) {
            if (slowly && sent.get() >= to - WHILE_IT_RUNS) {
                killed.join();
            }
            long next = Math.min(to, sent.get() + (slowly ? WHILE_IT_RUNS : AT_ONCE));
            trades.send(sent.get(), next);
            sent.set(next);
        }
    }

    /** The process is gone while records keep coming, and has some in hand. */
    private void killed(Pipeline pipeline, Trades trades, long to, String resumed) throws Exception {
        long before = sent.get();
        try (Firn.Started running = start(pipeline, "run")) {
            await(() -> {
                assertThat(running.process().isAlive()).as(running.said()).isTrue();
                return committed(pipeline) == before && running.said().contains("started");
            });
            killed = new CompletableFuture<>();
            slowly = true;
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(trades, to));
            await(() -> committed(pipeline) > before);
            running.kill();
            slowly = false;
            killed.complete(null);
            assertThat(running.said()).containsPattern(resumed);
            sending.join();
        }
    }

    private static long committed(Pipeline pipeline) {
        return pipeline.ledger().positions().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Killed as soon as it has begun to write down what it puts back. */
    private static void killReplay(Pipeline pipeline) throws Exception {
        Path begun = pipeline.lakeFolder()
                .resolve(pipeline.name())
                .resolve("firn_replayed")
                .resolve("data");
        try (Firn.Started replay = start(pipeline, "replay")) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        return Files.exists(begun) || !replay.process().isAlive();
                    });
            replay.kill();
            // It may have been the faster one, and some records still wait then.
            assertThat(replay.process().exitValue()).as(replay.said()).isIn(128 + 9, 1);
        }
    }

    /** The tables of these desks have these numbers, each once, with what was sent. */
    private static void assertRows(Pipeline pipeline, LongPredicate there, String... desks) {
        BitSet seen = new BitSet(RECORDS);
        boolean widened = false;
        try (Lake lake = pipeline.lake()) {
            for (String desk : desks) {
                TableName table = pipeline.table("of_" + desk);
                boolean venue = lake.table(table).orElseThrow().schema().columns().stream()
                        .anyMatch(column -> column.name().equals("venue"));
                widened |= venue;
                List<String> columns = new ArrayList<>(List.of("id", "amount", "lots", "note", "share"));
                if (venue) {
                    columns.add("venue");
                }
                lake.read(table, columns, row -> assertRow(row, desk, columns.size(), seen));
            }
        }
        BitSet expected = new BitSet(RECORDS);
        LongStream.range(0, RECORDS).filter(there).forEach(number -> expected.set((int) number));
        assertThat(difference(seen, expected))
                .as("numbers that are too few or too many")
                .isEqualTo(new BitSet());
        assertThat(widened).as("the column that came with a mend").isEqualTo(desks.length == 3);
    }

    private static boolean assertRow(List<@Nullable Object> row, String desk, int columns, BitSet seen) {
        long number = (Long) requireNonNull(row.get(0));
        List<@Nullable Object> expected = Trades.row(number).subList(0, columns);
        if (!row.equals(expected) || !desk.equals(Trades.desk(number)) || seen.get((int) number)) {
            throw new AssertionError("of " + desk + ": " + row + " where " + expected + " of " + Trades.desk(number)
                    + " is expected" + (seen.get((int) number) ? ", the second time" : ""));
        }
        seen.set((int) number);
        return true;
    }

    private static BitSet difference(BitSet one, BitSet other) {
        BitSet different = (BitSet) one.clone();
        different.xor(other);
        return different;
    }

    /** Each flawed record once, under its code, with its bytes. */
    private void assertQuarantined(Pipeline pipeline, Trades trades) {
        assertThat(trades.flawed()).isEqualTo(RECORDS / 100 - 1);
        assertPlaces(pipeline, trades, "firn_quarantine", flaw -> true, "code", "partition", "position", "value");
    }

    /** The same in the topic, for whoever reads what is committed; what is put back, or refused again, is no news there. */
    private static void assertInTheTopic(Pipeline pipeline, Trades trades) {
        BitSet seen = new BitSet(RECORDS);
        for (ConsumerRecord<byte[], byte[]> message : TopicReader.committed(pipeline.name() + "-dlq")) {
            int partition = Integer.parseInt(TopicReader.header(message, "firn.partition"));
            long position = Long.parseLong(TopicReader.header(message, "firn.position"));
            long number = trades.flawedAt(partition, position).orElseThrow();
            assertThat(TopicReader.header(message, "firn.code"))
                    .isEqualTo(requireNonNull(Trades.flaw(number)).code());
            assertThat(message.value()).isEqualTo(trades.value(number));
            assertThat(seen.get((int) number)).as("%s is there twice", number).isFalse();
            seen.set((int) number);
        }
        assertThat(seen.cardinality()).isEqualTo(RECORDS / 100 - 1);
    }

    /** Those that could be mended were put back once, and the others still wait, as they were. */
    private void assertPutBack(Pipeline pipeline, Trades trades) {
        assertPlaces(pipeline, trades, "firn_quarantine", flaw -> true, "code", "partition", "position", "value");
        assertPlaces(pipeline, trades, "firn_replayed", Trades.Flaw::mendable, "code", "partition", "position");
    }

    private void assertPlaces(
            Pipeline pipeline, Trades trades, String table, Predicate<Trades.Flaw> there, String... columns) {
        codes.clear();
        BitSet seen = new BitSet(RECORDS);
        for (List<@Nullable Object> row : pipeline.rows(pipeline.table(table), columns)) {
            long number = trades.flawedAt((Integer) requireNonNull(row.get(1)), (Long) requireNonNull(row.get(2)))
                    .orElseThrow(() -> new AssertionError("a good record in " + table + ": " + row));
            Trades.Flaw flaw = requireNonNull(Trades.flaw(number));
            assertThat(row.get(0)).as("%s: %s", number, row).isEqualTo(flaw.code());
            assertThat(seen.get((int) number))
                    .as("%s is in %s twice", number, table)
                    .isFalse();
            if (columns.length > 3) {
                assertThat(row.get(3)).isEqualTo(ByteBuffer.wrap(trades.value(number)));
            }
            seen.set((int) number);
            codes.merge(flaw.code(), 1, Integer::sum);
        }
        BitSet expected = new BitSet(RECORDS);
        LongStream.range(0, RECORDS)
                .filter(number -> isFlawed(number, there))
                .forEach(number -> expected.set((int) number));
        assertThat(difference(seen, expected))
                .as("in %s too few or too many", table)
                .isEqualTo(new BitSet());
    }

    private static boolean isFlawed(long number, Predicate<Trades.Flaw> how) {
        Trades.Flaw flaw = Trades.flaw(number);
        return flaw != null && how.test(flaw);
    }

    private static Firn.Started start(Pipeline pipeline, String... verb) {
        return RECORDS > MANY
                ? Firn.startWith(List.of("-Xmx1g"), pipeline.environment(), arguments(pipeline, verb))
                : Firn.start(pipeline.environment(), arguments(pipeline, verb));
    }

    private static Firn.Answer run(Pipeline pipeline, String... verb) {
        if (RECORDS <= MANY) {
            return Firn.run(pipeline.environment(), arguments(pipeline, verb));
        }
        try (Firn.Started started = start(pipeline, verb)) {
            return started.answer(PATIENCE.toMinutes() + 1);
        }
    }

    private static String[] arguments(Pipeline pipeline, String... verb) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.add(pipeline.file().toString());
        return arguments.toArray(String[]::new);
    }

    private static void await(Callable<Boolean> reached) {
        // The ledger is read each time, by the side of what is waited for.
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(reached);
    }

    private static void edit(Pipeline pipeline, Map<String, String> changes) throws IOException {
        String text = Files.readString(pipeline.file());
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(pipeline.file(), text);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void report() throws IOException {
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                """
                | what | seen |
                |---|---|
                | records | %,d |
                | of these bad, each in quarantine once, with its code and its bytes | %,d |
                | SIGKILLs of the job, one with Flink's state gone afterwards | 3 |
                | SIGKILLs of the replay | 1 |
                """,
                RECORDS,
                RECORDS / 100 - 1));
        codes.forEach((code, records) ->
                page.append(String.format(Locale.ROOT, "| put back once, from `%s` | %,d |%n", code, records)));
        page.append("| rows that are missing, doubled or not what was sent, before and after | 0 |\n");
        Files.writeString(Path.of("target", "bad-records.md"), page);
    }
}

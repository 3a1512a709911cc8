package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Footprint;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WideTopics;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tables by the hundred, whose records come interleaved at random, in one process of 1 GiB of heap with two writers, and one of them
 * that can't be committed to. Leaves a table of figures in {@code target/many-tables.md}; the full size is
 * {@code integration-tests/evidence many-tables}.
 */
@Tag("heavy")
class ManyTablesIT {

    private static final int TABLES = Integer.getInteger("firn.many-tables", 60);
    private static final int RECORDS = Integer.getInteger("firn.many-tables.records", 300);
    private static final String INTERVAL = System.getProperty("firn.many-tables.interval", "4s");

    /** Heap, and what a process with Flink, Kafka's client and compression takes besides. */
    private static final long MOST_RESIDENT_MIB = 1024 + 640;

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Test
    void aCheckpointMakesOneFileATableAndWriterAndATableThatIsRefusedHoldsOnlyItself() throws Exception {
        WideTopics topics = WideTopics.create(Stack.unique("wide"), TABLES);
        topics.fill(RECORDS);
        Pipeline pipeline = pipeline(topics);
        TableName refused = pipeline.table(topics.names().get(0));
        refuseCommits(pipeline, refused);

        Path collections = pipeline.file().resolveSibling("gc.log");
        Footprint.Watch watch;
        try (Firn.Started running = Firn.startWith(
                        List.of("-Xmx1g", Footprint.logTo(collections)),
                        pipeline.environment(),
                        "run",
                        pipeline.file().toString());
                Lake lake = pipeline.lake()) {
            watch = new Footprint.Watch(running.process());
            List<String> waiting = new ArrayList<>(topics.names().subList(1, TABLES));
            awaitAll(running, watch, lake, pipeline, waiting);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(running.said())
                    .containsPattern(refused + " is held since [0-9:]{8}: .*the catalog refuses this table"));
            assertThat(numbers(lake, refused)).isEmpty();

            takeCommits(pipeline);
            awaitAll(
                    running,
                    watch,
                    lake,
                    pipeline,
                    new ArrayList<>(topics.names().subList(0, 1)));
            watch.hasEnded();
            running.interrupt();
            assertThat(running.answer().exitCode()).as(running.said()).isEqualTo(130);
        }

        Footprint footprint = watch.footprint(collections);
        List<Epoch> epochs = epochs(pipeline);
        Files.writeString(Path.of("target", "many-tables.md"), figures(footprint, epochs));
        for (Epoch epoch : epochs) {
            assertThat(filesByTable(epoch))
                    .allSatisfy((table, files) -> assertThat(files).as(table).isBetween(1, 2));
        }
        assertThat(footprint.residentMiB()).isBetween(1L, MOST_RESIDENT_MIB);
    }

    private static Pipeline pipeline(WideTopics topics) throws IOException {
        Pipeline pipeline = Pipeline.withCatalog(
                Stack.unique("many"),
                topics.names(),
                "{type: jdbc, uri: \"jdbc:sqlite:file:FOLDER/catalog.db\", warehouse: \"file:FOLDER/lake\","
                        + " jdbc.schema-version: V1}");
        String text = Files.readString(pipeline.file());
        Files.writeString(
                pipeline.file(),
                text.replace("500ms", INTERVAL)
                        .replace("properties: {", "properties: {max.partition.fetch.bytes: \"2048\", "));
        return pipeline;
    }

    /** Every record once in each of the topics' tables. */
    private static void awaitAll(
            Firn.Started running, Footprint.Watch watch, Lake lake, Pipeline pipeline, List<String> topics) {
        List<Long> all = LongStream.range(0, RECORDS).boxed().toList();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(watch.hasEnded()).as(running.said()).isFalse();
            while (!topics.isEmpty()
                    && numbers(lake, pipeline.table(topics.get(topics.size() - 1)))
                            .equals(all)) {
                topics.remove(topics.size() - 1);
            }
            return topics.isEmpty();
        });
    }

    /** What is in the table, empty while it is not there. */
    private static List<Long> numbers(Lake lake, TableName table) {
        List<Long> numbers = new ArrayList<>();
        if (lake.table(table).isPresent()) {
            lake.read(table, List.of("c0"), row -> numbers.add((Long) row.get(0)));
        }
        return numbers.stream().sorted().toList();
    }

    private static List<Epoch> epochs(Pipeline pipeline) {
        try (Lake lake = pipeline.lake()) {
            return lake.ledger().since(0).stream()
                    .filter(epoch -> !epoch.staged().isEmpty())
                    .toList();
        }
    }

    private static Map<String, Integer> filesByTable(Epoch epoch) {
        return epoch.staged().stream()
                .collect(Collectors.toMap(staged -> staged.table().full(), StagedFiles::files, Integer::sum));
    }

    /** The catalog answers each commit to one table with an error; to create it is no commit. */
    private static void refuseCommits(Pipeline pipeline, TableName table) throws SQLException {
        // Makes the catalog's own tables.
        pipeline.lake().close();
        sqlite(
                pipeline,
                "create trigger refuse before update on iceberg_tables when old.table_name = '" + table.table()
                        + "' begin select raise(abort, 'the catalog refuses this table'); end");
    }

    private static void takeCommits(Pipeline pipeline) throws SQLException {
        sqlite(pipeline, "drop trigger refuse");
    }

    private static void sqlite(Pipeline pipeline, String statement) throws SQLException {
        Path file = pipeline.file().resolveSibling("catalog.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?busy_timeout=30000");
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static String figures(Footprint footprint, List<Epoch> epochs) {
        StringBuilder figures = new StringBuilder(String.format(
                Locale.ROOT, "| what | seen |%n|---|---|%n| tables, records each | %d, %,d |%n", TABLES, RECORDS));
        for (Epoch epoch : epochs) {
            Map<String, Integer> files = filesByTable(epoch);
            figures.append(String.format(
                    Locale.ROOT,
                    "| epoch %d: rows, tables, files, most files of a table | %,d, %d, %,d, %d |%n",
                    epoch.number(),
                    epoch.staged().stream().mapToLong(StagedFiles::records).sum(),
                    files.size(),
                    files.values().stream().mapToInt(Integer::intValue).sum(),
                    files.values().stream().mapToInt(Integer::intValue).max().orElse(0)));
        }
        return figures.append(String.format(
                        Locale.ROOT,
                        "| resident memory at most (`-Xmx1g`) | %,d MiB |%n| heap at most, garbage included | %,d MiB |%n"
                                + "| processor time of the process | %,d s |%n",
                        footprint.residentMiB(),
                        footprint.heapMiB(),
                        footprint.processorSeconds()))
                .toString();
    }
}

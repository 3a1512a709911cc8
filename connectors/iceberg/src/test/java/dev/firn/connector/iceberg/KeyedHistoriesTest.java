package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.iceberg.KeyedTable.Customer;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a keyed table: rows that are replaced and deleted, several writers, epochs that wait and are committed together, stagings of cancelled
 * checkpoints, rows that move between partitions, partitions that somebody changes, little memory. The table is always what the
 * last record of each key says.
 */
class KeyedHistoriesTest {

    private static final int KEYS = 9;
    private static final int STEPS = 14;
    private static final List<String> COUNTRIES = List.of("de", "fr", "it");

    @TempDir
    Path folder;

    /** What is staged and not committed. */
    private final List<StagedEpoch> waiting = new ArrayList<>();

    private final Map<Integer, String> model = new TreeMap<>();
    private final List<List<StagedFiles>> epoch = new ArrayList<>();
    private long epochs;
    private int versions;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theTableIsWhatTheLastRecordOfEachKeySays(long seed) {
        Random random = new Random(seed);
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            WriterLimits limits = random.nextBoolean() ? TestLake.LIMITS : new WriterLimits(3 * 8_000, 2);
            Lake lake = test.open(UnaryOperator.identity(), new Retries(6, Duration.ofMillis(1)), limits);
            String partitions =
                    List.of("country", "bucket(id, 4)", "truncate(name, 2)").get(random.nextInt(3));
            lake.create(
                    random.nextInt(3) == 0
                            ? TestLake.spec(KeyedTable.NAME, KeyedTable.COLUMNS)
                            : TestLake.spec(KeyedTable.NAME, KeyedTable.COLUMNS, partitions));
            List<TableWriters> writers = new ArrayList<>();
            for (int subtask = 0; subtask < 1 + random.nextInt(3); subtask++) {
                writers.add(KeyedTable.writers(lake, subtask));
            }
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(5) == 0) {
                    deleteAlone(writers, random);
                } else {
                    write(writers, random);
                }
                switch (random.nextInt(6)) {
                    case 0 -> stageSome(writers, random);
                    case 1, 2 -> endEpoch(writers, random);
                    case 3, 4 -> {
                        endEpoch(writers, random);
                        commit(lake);
                        assertThat(KeyedTable.names(test))
                                .as("seed %d, step %d", seed, step)
                                .isEqualTo(model);
                    }
                    default -> changePartitions(test, random);
                }
            }
            endEpoch(writers, random);
            commit(lake);
            writers.forEach(TableWriters::close);
            assertThat(KeyedTable.names(test)).as("seed %d", seed).isEqualTo(model);
        }
    }

    private void write(List<TableWriters> writers, Random random) {
        int records = random.nextInt(40);
        for (int record = 0; record < records; record++) {
            int id = random.nextInt(KEYS);
            if (random.nextInt(4) == 0) {
                KeyedTable.delete(writers.get(id % writers.size()), id);
                model.remove(id);
                continue;
            }
            String name = "v" + versions++;
            KeyedTable.write(
                    writers.get(id % writers.size()),
                    new Customer(id, name, COUNTRIES.get(random.nextInt(COUNTRIES.size()))));
            model.put(id, name);
        }
    }

    /** No row comes with it. */
    private void deleteAlone(List<TableWriters> writers, Random random) {
        int id = random.nextInt(KEYS);
        KeyedTable.delete(writers.get(id % writers.size()), id);
        model.remove(id);
    }

    /** As before a barrier of a checkpoint that is cancelled then. */
    private void stageSome(List<TableWriters> writers, Random random) {
        writers.stream().filter(writer -> random.nextBoolean()).forEach(writer -> epoch.add(writer.stage()));
    }

    private void endEpoch(List<TableWriters> writers, Random random) {
        writers.forEach(writer -> epoch.add(writer.stage()));
        List<StagedFiles> staged =
                new ArrayList<>(epoch.stream().flatMap(List::stream).toList());
        epoch.clear();
        Collections.shuffle(staged, random);
        if (!staged.isEmpty()) {
            waiting.add(new StagedEpoch(1, ++epochs, staged));
        }
    }

    private void commit(Lake lake) {
        lake.commit(KeyedTable.NAME, List.copyOf(waiting));
        waiting.clear();
    }

    private static void changePartitions(TestLake test, Random random) {
        if (random.nextInt(3) == 0) {
            test.table(KeyedTable.NAME)
                    .updateSpec()
                    .addField(
                            "bucket_" + random.nextInt(1_000_000), Expressions.bucket("id", 2 + random.nextInt(1_000)))
                    .commit();
        }
    }
}

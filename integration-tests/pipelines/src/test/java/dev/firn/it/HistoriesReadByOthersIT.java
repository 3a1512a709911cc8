package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.it.testing.Icebird;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.evolution.HistoryLake;
import dev.firn.it.testing.evolution.HistoryTrial;
import dev.firn.spi.format.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many random histories, and every tenth of them read by libraries that share no code with the one that wrote: icebird and hyparquet
 * find files and values, and fields are found by their ids. Leaves figures in {@code target/histories.md}; the full size is {@code
 * integration-tests/evidence histories}.
 */
@Tag("heavy")
class HistoriesReadByOthersIT {

    private static final int HISTORIES = Integer.getInteger("firn.histories", 20);
    private static final long SEED = Long.getLong("firn.histories.seed", 20261127);

    private static final int READ_BY_OTHERS = 10;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final LongAdder versions = new LongAdder();
    private final LongAdder rows = new LongAdder();

    @Test
    void everyRowOfEveryVersionIsReadableAndTheTableIsTheSameWhateverTheOrder() throws Exception {
        try (HistoryLake lake = new HistoryLake()) {
            List<HistoryTrial> toRead = LongStream.range(0, HISTORIES)
                    .parallel()
                    .mapToObj(number -> tried(lake, number))
                    .filter(Objects::nonNull)
                    .toList();
            Map<Path, List<JsonNode>> read = read(toRead);
            toRead.forEach(trial -> noted(trial.seed(), () -> trial.assertReadAlike(read)));

            assertThat(faults).isEmpty();
            assertThat(toRead).hasSize(HISTORIES / READ_BY_OTHERS);
            Files.writeString(Stack.folder().resolveSibling("histories.md"), figures(read));
        }
    }

    /** One that is to be read by others, else null. */
    private @Nullable HistoryTrial tried(HistoryLake lake, long number) {
        long seed = SEED + number;
        try {
            HistoryTrial trial = HistoryTrial.of(lake, seed);
            noted(seed, trial::assertWhole);
            versions.add(trial.history().versions().size());
            rows.add(trial.rows());
            return number % READ_BY_OTHERS == 0 ? trial : null;
        } catch (Rejected | RuntimeException failed) {
            faults.add("seed " + seed + ": " + failed);
            return null;
        }
    }

    private void noted(long seed, Runnable assertion) {
        try {
            assertion.run();
        } catch (AssertionError fault) {
            faults.add("seed " + seed + ": " + fault.getMessage());
        }
    }

    private static Map<Path, List<JsonNode>> read(List<HistoryTrial> trials) throws IOException, InterruptedException {
        List<Path> metadata = trials.stream()
                .flatMap(trial -> Stream.of(trial.growing(), trial.shuffled()))
                .map(HistoryLake.Written::metadata)
                .toList();
        List<List<JsonNode>> tables = Icebird.installed().rowsByIds(metadata);
        Map<Path, List<JsonNode>> read = new HashMap<>();
        for (int table = 0; table < tables.size(); table++) {
            read.put(metadata.get(table), tables.get(table));
        }
        return read;
    }

    private String figures(Map<Path, List<JsonNode>> read) {
        return String.format(
                Locale.ROOT,
                "| what | seen |%n|---|---|%n"
                        + "| histories of at least 15 changes, from seed | %,d, %d |%n"
                        + "| versions | %,d |%n"
                        + "| tables, two a history | %,d |%n"
                        + "| rows, each with its values under the names of the newest version | %,d |%n"
                        + "| pairs of tables that differ in a column, its type or whether it is required | 0 |%n"
                        + "| tables that icebird and hyparquet have read, fields by their ids | %,d |%n"
                        + "| rows that they have read, all with their values | %,d |%n",
                HISTORIES,
                SEED,
                versions.sum(),
                2 * HISTORIES,
                rows.sum(),
                read.size(),
                read.values().stream().mapToLong(List::size).sum());
    }
}

package dev.firn.it.testing.evolution;

import dev.firn.it.testing.NumbersLake;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import dev.firn.it.testing.schemas.SchemaHistory;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Tables that records of a history are written to as two subtasks of a job do it: formats, writers, commits, but no Flink. */
public final class HistoryLake implements AutoCloseable {

    private final String name = Stack.unique("histories");
    private final Path folder;
    private final Lake lake;

    public HistoryLake() throws IOException {
        this.folder = Files.createTempDirectory(Files.createDirectories(Stack.folder()), name);
        this.lake = NumbersLake.openLake(
                name,
                Map.of(
                        "type",
                        "jdbc",
                        "uri",
                        "jdbc:sqlite:file:" + folder.resolve("catalog.db"),
                        "warehouse",
                        folder.toString(),
                        "jdbc.schema-version",
                        "V1",
                        "io-impl",
                        PlainFiles.class.getName()));
    }

    /**
     * A table as its versions came.
     *
     * @param metadata its newest metadata file
     * @param rows that it should have
     */
    public record Written(WrittenTable table, Path metadata, List<String> rows) {}

    /** Made of the first version. Each version is registered when it comes, and then records of it and of older ones come. */
    public Written growing(SchemaHistory history, long seed) throws Rejected {
        List<List<Integer>> batches = new ArrayList<>();
        Random random = new Random(seed);
        for (int version = 0; version < history.versions().size(); version++) {
            List<Integer> versions = new ArrayList<>(List.of(version));
            for (int older = random.nextInt(3); older > 0; older--) {
                versions.add(random.nextInt(version + 1));
            }
            batches.add(versions);
        }
        return new HistoryWriting(place(), "growing_" + seed, history, random).growing(batches);
    }

    /** Made of the last version, when all are registered, and then records of all come in any order. */
    public Written shuffled(SchemaHistory history, long seed) throws Rejected {
        Random random = new Random(~seed);
        List<Integer> versions = new ArrayList<>();
        IntStream.range(0, history.versions().size()).forEach(versions::add);
        IntStream.range(0, history.versions().size())
                .forEach(more -> versions.add(random.nextInt(history.versions().size())));
        Collections.shuffle(versions, random);
        return new HistoryWriting(place(), "shuffled_" + seed, history, random).shuffled(versions);
    }

    private HistoryWriting.Place place() {
        return new HistoryWriting.Place(lake, name, folder);
    }

    @Override
    public void close() {
        lake.close();
    }
}

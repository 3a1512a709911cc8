package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.iceberg.UniqueTable.Event;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.UniqueTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a table that takes no row a second time: copies near and far, times in no order, several writers whose number changes, kills
 * behind which all is read again that no epoch has, stagings of cancelled checkpoints, epochs that are committed together; and somebody
 * else who writes all files anew, with fewer rows, and adds columns. The table has what somebody writes who remembers all that is there.
 */
class UniqueHistoriesTest {

    private static final int KEYS = 40;
    private static final int STEPS = 24;
    private static final long WITHIN = 60;

    @TempDir
    Path folder;

    private final List<Event> known = new ArrayList<>();
    private final List<Event> committed = new ArrayList<>();
    private final List<Event> inLedger = new ArrayList<>();
    private final List<Event> inHand = new ArrayList<>();
    private final List<Event> log = new ArrayList<>();
    private final List<StagedFiles> epoch = new ArrayList<>();
    private final List<StagedEpoch> waiting = new ArrayList<>();
    private final List<TableWriters> writers = new ArrayList<>();
    private final List<NoRow> refused = new ArrayList<>();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private long epochs;
    private int read;
    private int readByEpochs;
    private long clock;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theTableHasARowOfAllThatAreTheSame(long seed) {
        Random random = new Random(seed);
        UniqueTables unique = UniqueTable.within(Duration.ofSeconds(WITHIN), UniqueTable.ROOM);
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(TestLake.spec(UniqueTable.NAME, UniqueTable.COLUMNS));
            start(lake, unique, 1 + random.nextInt(3));
            for (int step = 0; step < STEPS; step++) {
                readSome(random);
                switch (random.nextInt(5)) {
                    case 0 -> stageSome(random);
                    case 1 -> endEpoch();
                    case 2 -> {
                        endEpoch();
                        commit(lake);
                    }
                    case 3 -> {
                        kill(lake);
                        start(lake, unique, 1 + random.nextInt(3));
                    }
                    default -> somebodyElse(test, random);
                }
            }
            endEpoch();
            commit(lake);
            writers.forEach(TableWriters::close);
            assertThat(refused).isEmpty();
            assertThat(UniqueTable.places(test)).as("seed %d", seed).isEqualTo(places(committed));
        }
    }

    private void start(Lake lake, UniqueTables unique, int number) {
        for (int subtask = 0; subtask < number; subtask++) {
            int mine = subtask;
            writers.add(UniqueTable.writers(lake, subtask, unique, (table, key) -> Math.floorMod(key, number) == mine));
        }
    }

    private void readSome(Random random) {
        List<List<Event>> byWriter = new ArrayList<>();
        writers.forEach(writer -> byWriter.add(new ArrayList<>()));
        int records = random.nextInt(60);
        for (int record = 0; record < records; record++) {
            if (read == log.size()) {
                clock += random.nextInt(5);
                log.add(new Event(
                        random.nextInt(KEYS), Math.max(0, clock - random.nextInt((int) WITHIN * 3)), log.size()));
            }
            Event event = log.get(read++);
            int key = numbers.computeIfAbsent(event.id(), first -> number(event));
            byWriter.get(Math.floorMod(key, writers.size())).add(event);
            remember(event);
        }
        for (int writer = 0; writer < writers.size(); writer++) {
            if (byWriter.get(writer).isEmpty()) {
                continue;
            }
            UniqueTable.write(writers.get(writer), byWriter.get(writer).toArray(Event[]::new)).stream()
                    .flatMap(Optional::stream)
                    .filter(Rejected.class::isInstance)
                    .forEach(refused::add);
        }
    }

    private void remember(Event event) {
        boolean isNew = known.stream()
                .noneMatch(other -> other.id() == event.id() && Math.abs(other.seconds() - event.seconds()) < WITHIN);
        if (isNew) {
            known.add(event);
            inHand.add(event);
        }
    }

    private static List<Long> places(List<Event> events) {
        return events.stream().map(Event::n).sorted().toList();
    }

    private int number(Event event) {
        ListedRows rows = UniqueTable.rows(event);
        try {
            return writers.get(0)
                    .key(
                            UniqueTable.NAME,
                            rows,
                            ListedRows.SCHEMA_ID,
                            rows.records().get(0));
        } catch (Rejected refused) {
            throw new AssertionError(refused);
        }
    }

    /** As before a barrier of a checkpoint that is cancelled then. */
    private void stageSome(Random random) {
        writers.stream().filter(writer -> random.nextBoolean()).forEach(writer -> epoch.addAll(writer.stage()));
    }

    private void endEpoch() {
        writers.forEach(writer -> epoch.addAll(writer.stage()));
        if (!epoch.isEmpty()) {
            waiting.add(new StagedEpoch(1, ++epochs, epoch));
            epoch.clear();
        }
        readByEpochs = read;
        inLedger.addAll(inHand);
        inHand.clear();
    }

    private void commit(Lake lake) {
        if (!waiting.isEmpty()) {
            lake.commit(UniqueTable.NAME, List.copyOf(waiting));
        }
        waiting.clear();
        committed.addAll(inLedger);
        inLedger.clear();
    }

    /** Epochs are in the ledger, and a start takes them to the table; what was read since is read again. */
    private void kill(Lake lake) {
        writers.forEach(TableWriters::close);
        writers.clear();
        epoch.clear();
        commit(lake);
        read = readByEpochs;
        inHand.clear();
        known.clear();
        known.addAll(committed);
    }

    /** Those of whom a writer hears at its next start: it knows rows that were deleted meanwhile. */
    private void somebodyElse(TestLake test, Random random) {
        Table table = test.table(UniqueTable.NAME);
        switch (random.nextInt(4)) {
            case 0 -> rewrite(test, table, random.nextInt(KEYS));
            case 1 -> rewrite(test, table, -1);
            case 2 -> table.updateSchema()
                    .addColumn("added_" + read + "_" + random.nextInt(1_000_000), Types.StringType.get())
                    .commit();
            default -> Optional.ofNullable(table.currentSnapshot())
                    .ifPresent(some ->
                            table.rewriteManifests().clusterBy(file -> "").commit());
        }
    }

    /** All rows in one file, but those of a key. */
    private void rewrite(TestLake test, Table table, long without) {
        List<Record> rows = test.rows(UniqueTable.NAME).stream()
                .filter(row -> !row.getField("id").equals(without))
                .toList();
        OutputFile file = table.io().newOutputFile(table.location() + "/data/anew-" + UUID.randomUUID() + ".parquet");
        DataWriter<Record> writer = new GenericAppenderFactory(table.schema(), table.spec())
                .newDataWriter(EncryptedFiles.plainAsEncryptedOutput(file), FileFormat.PARQUET, null);
        try (writer) {
            rows.forEach(writer::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        table.newOverwrite()
                .overwriteByRowFilter(Expressions.alwaysTrue())
                .addFile(writer.toDataFile())
                .commit();
        committed.removeIf(event -> event.id() == without);
    }
}

package dev.firn.it.testing.evolution;

import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import dev.firn.it.testing.schemas.SchemaHistory;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;

/** One table of a history, written by two subtasks. */
final class HistoryWriting {

    private static final int SUBTASKS = 2;

    /** Where tables are. */
    record Place(Lake lake, String namespace, Path folder) {}

    private final Place place;
    private final String stream;
    private final SchemaHistory history;
    private final Random random;
    private final TableName table;
    private final List<Integer> schemaIds = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private long epoch;
    private long records;

    HistoryWriting(Place place, String stream, SchemaHistory history, Random random) {
        this.place = place;
        this.stream = stream;
        this.history = history;
        this.random = random;
        this.table = new TableName(place.namespace() + "." + stream);
    }

    HistoryLake.Written growing(List<List<Integer>> batches) throws Rejected {
        register();
        write(0, writers -> {
            for (List<Integer> versions : batches) {
                if (schemaIds.size() <= versions.get(0)) {
                    register();
                }
                writers.write(versions);
            }
        });
        return written();
    }

    HistoryLake.Written shuffled(List<Integer> versions) throws Rejected {
        history.versions().forEach(version -> register());
        write(history.versions().size() - 1, writers -> writers.write(versions));
        return written();
    }

    private void register() {
        String version = history.versions().get(schemaIds.size()).toString();
        // It takes one request at a time.
        synchronized (Stack.running()) {
            schemaIds.add(Stack.running().register(stream + "-value", version));
        }
    }

    private HistoryLake.Written written() {
        Path folder = place.folder().resolve(place.namespace()).resolve(stream);
        Path metadata = newestMetadata(folder.resolve("metadata"));
        return new HistoryLake.Written(
                new WrittenTable(
                        folder,
                        new BaseTable(new StaticTableOperations(metadata.toString(), new PlainFiles()), stream)),
                metadata,
                rows);
    }

    /** A catalog of its own would hold locks that the lake waits for; their names count up. */
    private static Path newestMetadata(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".metadata.json"))
                    .max(Comparator.comparing(Path::getFileName))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param planned the version that a plan has found */
    private void write(int planned, Doing doing) throws Rejected {
        try (FormatReader formats =
                        AvroReaders.open(stream, history.versions().get(planned).toString());
                Subtasks subtasks = new Subtasks(formats.stream(stream))) {
            place.lake()
                    .create(new TableSpec(
                            table,
                            subtasks.format
                                    .written(schemaIds.get(planned))
                                    .orElseThrow()
                                    .columns(),
                            List.of(),
                            new TreeMap<>()));
            doing.with(subtasks);
            subtasks.commit();
        }
    }

    private final class Subtasks implements AutoCloseable {

        private final FormatReader format;
        private final List<TableWriters> writers = new ArrayList<>();

        private Subtasks(FormatReader format) {
            this.format = format;
            for (int subtask = 0; subtask < SUBTASKS; subtask++) {
                writers.add(place.lake()
                        .writers(
                                new WriterSettings(1, subtask, 0, SUBTASKS, 1),
                                Optional.of(new PolicyEvolution(any -> EvolutionPolicy.usual()))));
            }
        }

        /** A record of each, by one of the subtasks; now and then a checkpoint. */
        private void write(List<Integer> versions) throws Rejected {
            for (int version : versions) {
                GenericRecord record = history.record(version, ++records);
                byte[] value = Rows.framed(schemaIds.get(version), record);
                RawRecord raw = new RawRecord(
                        new Split("events", stream, 0, "one"), records, RawRecord.NO_TIMESTAMP, null, value, List.of());
                for (Optional<NoRow> outcome : writers.get(random.nextInt(SUBTASKS))
                        .write(table, format, schemaIds.get(version), List.of(raw))) {
                    if (outcome.isPresent()) {
                        throw (Rejected) outcome.get();
                    }
                }
                rows.add(Rows.canonical(
                        history.row(record, version, history.versions().size() - 1)));
                if (random.nextInt(6) == 0) {
                    commit();
                }
            }
        }

        private void commit() {
            List<StagedFiles> staged = new ArrayList<>();
            writers.forEach(writer -> staged.addAll(writer.stage()));
            place.lake().commit(table, List.of(new StagedEpoch(1, ++epoch, staged)));
        }

        @Override
        public void close() {
            writers.forEach(TableWriters::close);
        }
    }

    @FunctionalInterface
    private interface Doing {
        void with(Subtasks subtasks) throws Rejected;
    }
}

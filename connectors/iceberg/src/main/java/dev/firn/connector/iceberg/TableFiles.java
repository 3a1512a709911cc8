package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table between two barriers: rows by partition, files that are complete, and all that is to be deleted if it fails. Of a keyed table
 * it is one round: no key has two rows, and its deletes are of the rows that all rounds before it have written.
 */
final class TableFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TableFiles.class);

    private final TargetTable target;
    private final FilePlaces places;
    private final OpenFileCount count;
    private final PartitionKey key;
    private final InternalRecordWrapper values;
    private final Map<PartitionKey, PartitionRows> partitions = new LinkedHashMap<>();
    private final Set<PartitionRows> touched = new LinkedHashSet<>();
    private final List<DataFile> complete = new ArrayList<>();
    private final Optional<Keyed> keyed;
    private final List<Future<DeleteFile>> deletes = new ArrayList<>();

    /** What a keyed table has besides. */
    private record Keyed(KeyColumns key, KeyedRows rows) {}

    TableFiles(TargetTable target, UnwritableTables unwritable, OpenFileCount count) {
        this.target = target;
        this.places = new FilePlaces(target, unwritable);
        this.count = count;
        this.key = new PartitionKey(target.spec(), target.schema());
        this.values = new InternalRecordWrapper(target.schema().asStruct());
        this.keyed = target.key().map(columns -> new Keyed(columns, new KeyedRows(columns)));
    }

    /** The newest rows of each key, which wait until {@link #takeNewest}; there for keyed tables only. */
    Optional<KeyedRows> newest() {
        return keyed.map(Keyed::rows);
    }

    /**
     * The rows that have waited, for the files; what deletes older ones is under way from then on.
     *
     * @param threads that write the deletes
     */
    List<Record> takeNewest(FileThreads threads) {
        if (keyed.isEmpty() || keyed.get().rows().isEmpty()) {
            return List.of();
        }
        KeyedRows.Drained drained = keyed.get().rows().drain();
        for (Callable<DeleteFile> work : new KeyDeletes(target, keyed.get().key(), places).of(drained.replaced())) {
            deletes.add(threads.submit(work));
        }
        return drained.rows();
    }

    /** So that no more keys wait to be written than memory was counted for. */
    void awaitDeletes() {
        deletes.forEach(FileThreads::await);
    }

    TargetTable target() {
        return target;
    }

    void add(Record row) {
        if (target.spec().isPartitioned()) {
            key.partition(values.wrap(row));
        }
        PartitionRows rows = partitions.get(key);
        if (rows == null) {
            rows = new PartitionRows(target, key.copy(), places, count);
            partitions.put(rows.partition(), rows);
        }
        rows.add(row);
        touched.add(rows);
    }

    /** The partitions that got rows since the last call. */
    List<PartitionRows> touched() {
        List<PartitionRows> since = List.copyOf(touched);
        touched.clear();
        return since;
    }

    Collection<PartitionRows> partitions() {
        return partitions.values();
    }

    /** Rows that come for the partition from now on are others'. */
    void remove(PartitionRows rows) {
        partitions.remove(rows.partition());
        touched.remove(rows);
    }

    void complete(DataFile file) {
        complete.add(file);
    }

    /** Whether no row came since it was opened. */
    boolean isUntouched() {
        return isEmpty()
                && partitions.isEmpty()
                && keyed.filter(rows -> !rows.rows().isEmpty()).isEmpty();
    }

    /** Whether there is nothing to stage. */
    boolean isEmpty() {
        return complete.isEmpty() && deletes.isEmpty();
    }

    /**
     * Names a manifest of the complete files, and hands out the work of writing it.
     *
     * @param bindings that the table is to have with them
     * @param round of a keyed table, among those of the same writer
     */
    Callable<StagedFiles> manifest(SortedMap<String, String> bindings, Round round) {
        List<DataFile> files = List.copyOf(complete);
        List<DeleteFile> deleteFiles = deletes.stream().map(FileThreads::await).toList();
        // The commit looks into a manifest that is held, and only there, for files that are.
        List<FilePlaces.Place> inTable = placesInTable(files);
        List<FilePlaces.Place> deletesInTable = deleteFiles.isEmpty() ? List.of() : placesInTable(deleteFiles);
        return () -> {
            byte[] rows = manifest(
                    inTable,
                    place -> ManifestFiles.write(StagedManifest.FORMAT, target.spec(), place.file(), null),
                    files);
            StagedPointer.Deletes before = deleteFiles.isEmpty()
                    ? null
                    : new StagedPointer.Deletes(
                            round.writer(),
                            round.number(),
                            manifest(
                                    deletesInTable,
                                    place -> ManifestFiles.writeDeleteManifest(
                                            StagedManifest.FORMAT, target.deletesSpec(), place.file(), null),
                                    deleteFiles));
            return staged(files, deleteFiles, new StagedPointer(rows, bindings, before).encode());
        };
    }

    /** Which of a writer's rounds it is; the numbers of one writer rise. */
    record Round(long writer, long number) {}

    private List<FilePlaces.Place> placesInTable(List<? extends ContentFile<?>> files) {
        boolean held =
                files.stream().anyMatch(file -> HoldingArea.isHeld(file.path().toString()));
        return held ? List.of() : List.of(places.newManifest(), places.newManifestBesideData());
    }

    /** Opens a manifest at a place. */
    @FunctionalInterface
    private interface Opening<F extends ContentFile<F>> {
        ManifestWriter<F> at(FilePlaces.Place place);
    }

    /** Deletes what was written; never called once somebody else knows of it, nor while somebody still writes. */
    void abandon() {
        for (PartitionRows rows : partitions.values()) {
            try {
                rows.abandon();
            } catch (IOException | RuntimeException e) {
                LOG.warn("A file of table {} that nobody will use could not be closed", target.name(), e);
            }
        }
        places.deleteAll();
    }

    private StagedFiles staged(List<DataFile> files, List<DeleteFile> deleteFiles, byte[] pointer) {
        return new StagedFiles(
                target.name(),
                target.incarnation(),
                pointer,
                files.size() + deleteFiles.size(),
                files.stream().mapToLong(DataFile::recordCount).sum(),
                bytes(files) + bytes(deleteFiles));
    }

    private static long bytes(List<? extends ContentFile<?>> files) {
        return files.stream().mapToLong(ContentFile::fileSizeInBytes).sum();
    }

    /** A table that can't be written to must not end the job: its files are staged elsewhere, and it holds itself. */
    private <F extends ContentFile<F>> byte[] manifest(
            List<FilePlaces.Place> inTable, Opening<F> opening, List<F> files) {
        for (FilePlaces.Place place : inTable) {
            try {
                return manifest(place, opening, files);
            } catch (IOException | RuntimeException unwritable) {
                LOG.warn("A manifest of table {} can't be written at {}", target.name(), place.path(), unwritable);
                if (place.equals(inTable.get(inTable.size() - 1))) {
                    places.cannotWrite(unwritable);
                }
            }
        }
        try {
            return manifest(places.newHeldManifest(), opening, files);
        } catch (IOException | RuntimeException e) {
            throw target.unwritable(e);
        }
    }

    private static <F extends ContentFile<F>> byte[] manifest(FilePlaces.Place place, Opening<F> opening, List<F> files)
            throws IOException {
        ManifestWriter<F> manifest = opening.at(place);
        try (manifest) {
            manifest.addAll(files);
        }
        return StagedManifest.encode(manifest.toManifestFile());
    }
}

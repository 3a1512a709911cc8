package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One table between two barriers: rows by partition, files that are complete, and all that is to be deleted if it fails. */
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

    TableFiles(TargetTable target, UnwritableTables unwritable, OpenFileCount count) {
        this.target = target;
        this.places = new FilePlaces(target, unwritable);
        this.count = count;
        this.key = new PartitionKey(target.spec(), target.schema());
        this.values = new InternalRecordWrapper(target.schema().asStruct());
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
        return complete.isEmpty() && partitions.isEmpty();
    }

    boolean isEmpty() {
        return complete.isEmpty();
    }

    /**
     * Names a manifest of the complete files, and hands out the work of writing it.
     *
     * @param bindings that the table is to have with them
     */
    Callable<StagedFiles> manifest(SortedMap<String, String> bindings) {
        List<DataFile> files = List.copyOf(complete);
        // The commit looks into a manifest that is held, and only there, for files that are.
        boolean held =
                files.stream().anyMatch(file -> HoldingArea.isHeld(file.path().toString()));
        List<FilePlaces.Place> inTable =
                held ? List.of() : List.of(places.newManifest(), places.newManifestBesideData());
        return () -> staged(files, new StagedPointer(manifest(files, inTable), bindings).encode());
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

    private StagedFiles staged(List<DataFile> files, byte[] pointer) {
        return new StagedFiles(
                target.name(),
                target.incarnation(),
                pointer,
                files.size(),
                files.stream().mapToLong(DataFile::recordCount).sum(),
                files.stream().mapToLong(DataFile::fileSizeInBytes).sum());
    }

    /** A table that can't be written to must not end the job: its files are staged elsewhere, and it holds itself. */
    private byte[] manifest(List<DataFile> files, List<FilePlaces.Place> inTable) {
        for (FilePlaces.Place place : inTable) {
            try {
                return manifest(files, place);
            } catch (IOException | RuntimeException unwritable) {
                LOG.warn("A manifest of table {} can't be written at {}", target.name(), place.path(), unwritable);
                if (place.equals(inTable.get(inTable.size() - 1))) {
                    places.cannotWrite(unwritable);
                }
            }
        }
        try {
            return manifest(files, places.newHeldManifest());
        } catch (IOException | RuntimeException e) {
            throw target.unwritable(e);
        }
    }

    private byte[] manifest(List<DataFile> files, FilePlaces.Place place) throws IOException {
        ManifestWriter<DataFile> manifest = ManifestFiles.write(
                StagedManifest.FORMAT, target.spec(), place.io().newOutputFile(place.path()), null);
        try (manifest) {
            manifest.addAll(files);
        }
        return StagedManifest.encode(manifest.toManifestFile());
    }
}

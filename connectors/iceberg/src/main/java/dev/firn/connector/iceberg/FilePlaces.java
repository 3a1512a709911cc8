package dev.firn.connector.iceberg;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places that one table's files were given between two barriers: in the table, or in the holding area where the table's
 * location can't be written to. Until the caller has the files nobody else knows them, so all can be deleted. Thread-safe.
 */
final class FilePlaces {

    private static final Logger LOG = LoggerFactory.getLogger(FilePlaces.class);

    /** A place, and the storage that it is in. */
    record Place(FileIO io, String path) {
        OutputFile file() {
            return io.newOutputFile(path);
        }
    }

    private final TargetTable target;
    private final UnwritableTables unwritable;
    private final Queue<Place> named = new ConcurrentLinkedQueue<>();

    /** A REST catalog closes the storage of an area that nobody has any more, and files in it may be open. */
    private final Queue<HoldingArea> kept = new ConcurrentLinkedQueue<>();

    FilePlaces(TargetTable target, UnwritableTables unwritable) {
        this.target = target;
        this.unwritable = unwritable;
    }

    EncryptedOutputFile newDataFile(PartitionKey partition) {
        return newFile(() -> target.newDataFile(partition));
    }

    /** @param partition null where its deletes are of rows in all partitions */
    EncryptedOutputFile newDeleteFile(@Nullable PartitionKey partition) {
        return newFile(() -> partition == null ? target.newFileOfNoPartition() : target.newDataFile(partition));
    }

    private EncryptedOutputFile newFile(Supplier<EncryptedOutputFile> inTable) {
        if (!target.isRemembered() && !unwritable.contains(target.name())) {
            try {
                EncryptedOutputFile file = inTable.get();
                named.add(new Place(target.io(), location(file)));
                return file;
            } catch (RuntimeException e) {
                unwritable.found(target.name(), e);
            }
        }
        return newHeldDataFile();
    }

    EncryptedOutputFile newHeldDataFile() {
        HoldingArea area = area();
        EncryptedOutputFile file =
                target.encrypted(area.io().newOutputFile(area.place(target.name(), target.newHeldName())));
        named.add(new Place(area.io(), location(file)));
        return file;
    }

    Place newManifest() {
        return named(new Place(target.io(), target.newManifest()));
    }

    Place newManifestBesideData() {
        return named(new Place(target.io(), target.newManifestBesideData()));
    }

    Place newHeldManifest() {
        HoldingArea area = area();
        return named(new Place(area.io(), area.place(target.name(), target.newHeldManifestName())));
    }

    /** Whoever writes for the table from now on, here or after a restart, uses the holding area. */
    void cannotWrite(Exception cause) {
        // A task that is cancelled interrupts what it writes, and that is not the table's fault.
        if (!Thread.currentThread().isInterrupted()) {
            unwritable.found(target.name(), cause);
        }
    }

    void deleteAll() {
        named.forEach(FilePlaces::delete);
    }

    private HoldingArea area() {
        HoldingArea area = unwritable.area();
        kept.add(area);
        return area;
    }

    private Place named(Place place) {
        named.add(place);
        return place;
    }

    private static String location(EncryptedOutputFile file) {
        return file.encryptingOutputFile().location();
    }

    private static void delete(Place place) {
        try {
            place.io().deleteFile(place.path());
        } catch (RuntimeException e) {
            LOG.warn("File {} that nobody will use could not be deleted", place.path(), e);
        }
    }
}

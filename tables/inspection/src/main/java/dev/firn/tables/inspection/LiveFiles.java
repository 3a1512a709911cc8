package dev.firn.tables.inspection;

import dev.firn.spi.inspection.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;

/** Goes through the files of snapshots, as their manifests have them; no more than one is held at a time. */
record LiveFiles(FileIO io, Map<Integer, PartitionSpec> specs) {

    static LiveFiles of(Table table) {
        return new LiveFiles(table.io(), table.specs());
    }

    /** @param each may not keep what it gets, for the next one comes in the same object */
    void each(Snapshot snapshot, Consumer<ContentFile<?>> each) {
        for (ManifestFile manifest : snapshot.allManifests(io)) {
            each(manifest, each);
        }
    }

    /** What was read of a snapshot stays with it, which of very many is too much: this is read of a copy that nobody keeps. */
    List<ManifestFile> manifests(Snapshot snapshot) {
        return snapshot.manifestListLocation() == null
                ? snapshot.allManifests(io)
                : SnapshotParser.fromJson(SnapshotParser.toJson(snapshot)).allManifests(io);
    }

    void each(ManifestFile manifest, Consumer<ContentFile<?>> each) {
        if (manifest.content() == ManifestContent.DATA) {
            try (ManifestReader<DataFile> files = ManifestFiles.read(manifest, io, specs)) {
                files.forEach(each);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return;
        }
        try (ManifestReader<DeleteFile> files = ManifestFiles.readDeleteManifest(manifest, io, specs)) {
            files.forEach(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Counts counts(ContentFile<?> file) {
        long rows = file.recordCount();
        long bytes = file.fileSizeInBytes();
        if (file.content() == FileContent.DATA) {
            return new Counts(rows, 1, bytes, 0, 0, 0, 0);
        }
        return file.content() == FileContent.POSITION_DELETES
                ? new Counts(0, 0, 0, 1, 0, rows, bytes)
                : new Counts(0, 0, 0, 0, 1, rows, bytes);
    }

    /** The partition as Iceberg names it in paths; empty text where there is none. */
    String partition(ContentFile<?> file) {
        PartitionSpec spec = specs.get(file.specId());
        return spec == null || spec.isUnpartitioned() ? "" : spec.partitionToPath(file.partition());
    }
}

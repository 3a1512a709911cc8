package dev.firn.connector.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.GenericManifestFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.FileIO;

/** What manifests name that belong to no snapshot yet; Iceberg reads none unless it is told of one. */
final class ManifestContents {

    private static final long NO_SNAPSHOT = -1;

    private ManifestContents() {}

    static List<DataFile> dataFiles(ManifestFile manifest, FileIO io, Map<Integer, PartitionSpec> specs) {
        try (ManifestReader<DataFile> reader = ManifestFiles.read(forReading(manifest), io, specs)) {
            List<DataFile> files = new ArrayList<>();
            // The reader fills the same one each time.
            reader.forEach(file -> files.add(file.copy()));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<DeleteFile> deleteFiles(ManifestFile manifest, FileIO io, Map<Integer, PartitionSpec> specs) {
        try (ManifestReader<DeleteFile> reader = ManifestFiles.readDeleteManifest(forReading(manifest), io, specs)) {
            List<DeleteFile> files = new ArrayList<>();
            reader.forEach(file -> files.add(file.copy()));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The places of all files, of rows or of deletes. */
    static List<String> paths(ManifestFile manifest, FileIO io, Map<Integer, PartitionSpec> specs) {
        List<? extends ContentFile<?>> files = manifest.content() == ManifestContent.DELETES
                ? deleteFiles(manifest, io, specs)
                : dataFiles(manifest, io, specs);
        return files.stream().map(file -> file.path().toString()).toList();
    }

    private static ManifestFile forReading(ManifestFile manifest) {
        return GenericManifestFile.copyOf(manifest).withSnapshotId(NO_SNAPSHOT).build();
    }
}

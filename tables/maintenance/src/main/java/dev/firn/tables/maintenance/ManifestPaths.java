package dev.firn.tables.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.FileIO;

/** The files that manifests name and that are not deleted in them, with their sizes. */
record ManifestPaths(FileIO io, Map<Integer, PartitionSpec> specs) {

    private static final List<String> COLUMNS = List.of("content", "file_path", "file_size_in_bytes");

    void each(ManifestFile manifest, ObjLongConsumer<String> file) {
        try (ManifestReader<? extends ContentFile<?>> reader = manifest.content() == ManifestContent.DELETES
                ? ManifestFiles.readDeleteManifest(manifest, io, specs).select(COLUMNS)
                : ManifestFiles.read(manifest, io, specs).select(COLUMNS)) {
            reader.forEach(one -> file.accept(one.path().toString(), one.fileSizeInBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

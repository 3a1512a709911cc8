package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the files of held manifests into one table. What fails half-way is deleted again: no commit knows of it yet.
 *
 * @param held the storage that they are in
 */
record HeldCopies(TableName name, Table table, FileIO held, Outside outside) {

    private static final Logger LOG = LoggerFactory.getLogger(HeldCopies.class);

    /** A manifest in the table's location of the same rows. */
    ManifestFile of(ManifestFile manifest) {
        List<String> made = new ArrayList<>();
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(manifest.partitionSpecId()));
        try {
            return manifest.content() == ManifestContent.DELETES
                    ? writeDeletes(deletes(manifest, spec, made), spec, made)
                    : write(copies(manifest, spec, made), spec, made);
        } catch (RuntimeException e) {
            made.forEach(this::delete);
            throw e;
        }
    }

    private List<DataFile> copies(ManifestFile manifest, PartitionSpec spec, List<String> made) {
        List<DataFile> copies = new ArrayList<>();
        for (DataFile file : read(() -> ManifestContents.dataFiles(manifest, held, table.specs()))) {
            DataFiles.Builder copy = DataFiles.builder(spec).copy(file);
            copies.add(isHeld(file) ? copy.withPath(copied(file, spec, made)).build() : copy.build());
        }
        return copies;
    }

    private List<DeleteFile> deletes(ManifestFile manifest, PartitionSpec spec, List<String> made) {
        List<DeleteFile> copies = new ArrayList<>();
        for (DeleteFile file : read(() -> ManifestContents.deleteFiles(manifest, held, table.specs()))) {
            FileMetadata.Builder copy = FileMetadata.deleteFileBuilder(spec)
                    .copy(file)
                    // Iceberg's copy leaves them out.
                    .ofEqualityDeletes(file.equalityFieldIds().stream()
                            .mapToInt(Integer::intValue)
                            .toArray());
            copies.add(isHeld(file) ? copy.withPath(copied(file, spec, made)).build() : copy.build());
        }
        return copies;
    }

    private static boolean isHeld(ContentFile<?> file) {
        return HoldingArea.isHeld(file.path().toString());
    }

    private <T> List<T> read(Supplier<List<T>> manifest) {
        try {
            return manifest.get();
        } catch (OutsideException told) {
            throw told;
        } catch (RuntimeException e) {
            throw outside.heldUnreadable(name, e);
        }
    }

    private String copied(ContentFile<?> file, PartitionSpec spec, List<String> made) {
        String path = file.path().toString();
        String fileName = HoldingArea.nameInTable(path);
        String place = spec.isPartitioned()
                ? table.locationProvider().newDataLocation(spec, file.partition(), fileName)
                : table.locationProvider().newDataLocation(fileName);
        made.add(place);
        try (InputStream in = held.newInputFile(path).newStream()) {
            long bytes = write(in, place);
            if (bytes != file.fileSizeInBytes()) {
                throw new IOException(
                        path + " has " + bytes + " bytes where " + file.fileSizeInBytes() + " were written");
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof OutsideException told ? told : outside.heldUnreadable(name, e);
        }
        return place;
    }

    private long write(InputStream in, String place) {
        try (OutputStream out = table.io().newOutputFile(place).create()) {
            return in.transferTo(out);
        } catch (IOException | RuntimeException e) {
            throw outside.unwritable(name, e);
        }
    }

    private ManifestFile write(List<DataFile> copies, PartitionSpec spec, List<String> made) {
        return written(
                made,
                place -> ManifestFiles.write(
                        StagedManifest.FORMAT, spec, table.io().newOutputFile(place), null),
                copies);
    }

    private ManifestFile writeDeletes(List<DeleteFile> copies, PartitionSpec spec, List<String> made) {
        return written(
                made,
                place -> ManifestFiles.writeDeleteManifest(
                        StagedManifest.FORMAT, spec, table.io().newOutputFile(place), null),
                copies);
    }

    private <F extends ContentFile<F>> ManifestFile written(
            List<String> made, Function<String, ManifestWriter<F>> opening, List<F> copies) {
        String place = LakeTables.operations(table)
                .metadataFileLocation(FileFormat.AVRO.addExtension("firn-" + UUID.randomUUID()));
        made.add(place);
        try {
            ManifestWriter<F> manifest = opening.apply(place);
            try (manifest) {
                manifest.addAll(copies);
            }
            return manifest.toManifestFile();
        } catch (IOException | RuntimeException e) {
            throw outside.unwritable(name, e);
        }
    }

    private void delete(String path) {
        try {
            table.io().deleteFile(path);
        } catch (RuntimeException e) {
            LOG.debug("File {} that nobody will use could not be deleted", path, e);
        }
    }
}

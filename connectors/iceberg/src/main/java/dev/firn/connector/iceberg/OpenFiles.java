package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.TaskWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one table between two barriers: first open, then complete and staged by a manifest, or given up. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private static final int MANIFEST_FORMAT = 2;

    private final TargetTable target;
    private @Nullable TaskWriter<Record> writer;

    /** Complete, and until the caller has them nobody else knows them. */
    private final List<String> complete = new ArrayList<>();

    OpenFiles(TargetTable target) {
        this.target = target;
    }

    void write(Record row) {
        try {
            if (writer == null) {
                writer = target.newWriter();
            }
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException("table " + target.name() + " can't be written to", e);
        }
    }

    /** Empty if no row was written. */
    Optional<StagedFiles> stage() {
        if (writer == null) {
            return Optional.empty();
        }
        try {
            List<DataFile> files = Arrays.asList(writer.complete().dataFiles());
            files.forEach(file -> complete.add(file.path().toString()));
            return Optional.of(staged(files));
        } catch (IOException e) {
            throw new UncheckedIOException("the files of table " + target.name() + " can't be completed", e);
        }
    }

    /** Deletes what was written; never called once somebody else knows of it. */
    void abandon() {
        try {
            if (writer != null && complete.isEmpty()) {
                writer.abort();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Files of table {} that nobody will use could not be closed and deleted", target.name(), e);
        }
        complete.forEach(this::delete);
    }

    private StagedFiles staged(List<DataFile> files) throws IOException {
        try {
            return staged(files, target.newManifest());
        } catch (IOException | RuntimeException unwritable) {
            // A table whose metadata can't be written to must not end the job: its files are staged, and it holds
            // itself.
            LOG.warn(
                    "Table {} gets its manifest beside its data, for its metadata can't be written to",
                    target.name(),
                    unwritable);
            return staged(files, target.newManifestBesideData());
        }
    }

    private StagedFiles staged(List<DataFile> files, OutputFile place) throws IOException {
        complete.add(place.location());
        ManifestWriter<DataFile> manifest = ManifestFiles.write(MANIFEST_FORMAT, target.spec(), place, null);
        try (manifest) {
            manifest.addAll(files);
        }
        return new StagedFiles(
                target.name(),
                target.incarnation(),
                ManifestFiles.encode(manifest.toManifestFile()),
                files.size(),
                files.stream().mapToLong(DataFile::recordCount).sum(),
                files.stream().mapToLong(DataFile::fileSizeInBytes).sum());
    }

    private void delete(String path) {
        try {
            target.io().deleteFile(path);
        } catch (RuntimeException e) {
            LOG.warn("File {} that nobody will use could not be deleted", path, e);
        }
    }
}

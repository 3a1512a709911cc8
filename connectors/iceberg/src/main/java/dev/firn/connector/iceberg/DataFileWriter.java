package dev.firn.connector.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.NativeEncryptionOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.jspecify.annotations.Nullable;

/**
 * One data file. It has a place from the beginning, and is open from its first row on. One thread at a time; the one that
 * closes it need not be the one that opened it.
 */
final class DataFileWriter {

    private final TargetTable target;
    private final PartitionKey partition;
    private final EncryptedOutputFile place;
    private final OpenFileCount count;
    private @Nullable CreatedFile created;
    private @Nullable DataWriter<Record> writer;
    private boolean hasRows;

    DataFileWriter(TargetTable target, PartitionKey partition, EncryptedOutputFile place, OpenFileCount count) {
        this.target = target;
        this.partition = partition;
        this.place = place;
        this.count = count;
    }

    boolean isHeld() {
        return HoldingArea.isHeld(location());
    }

    /** Whether a {@link #write} has succeeded. */
    boolean hasRows() {
        return hasRows;
    }

    private String location() {
        return place.encryptingOutputFile().location();
    }

    void write(List<Record> rows) {
        try {
            DataWriter<Record> open = writer;
            if (open == null) {
                open = target.open(create(), partition);
                writer = open;
                count.opened();
            }
            for (Record row : rows) {
                open.write(row);
            }
            hasRows |= !rows.isEmpty();
        } catch (RuntimeException e) {
            throw target.unwritable(e);
        }
    }

    private EncryptedOutputFile create() {
        if (place instanceof NativeEncryptionOutputFile) {
            // Parquet encrypts it itself, and has to see what it is.
            return place;
        }
        CreatedFile file = new CreatedFile(place.encryptingOutputFile());
        created = file;
        return EncryptedFiles.encryptedOutput(file, place.keyMetadata());
    }

    /** Its size so far, with what is not written out yet. */
    long length() {
        return writer == null ? 0 : writer.length();
    }

    DataFile close() {
        DataWriter<Record> open = writer;
        if (open == null) {
            throw new IllegalStateException("our bug: a file without rows: " + location());
        }
        try {
            open.close();
            return open.toDataFile();
        } catch (IOException | RuntimeException e) {
            throw target.unwritable(e);
        } finally {
            writer = null;
            count.closed();
        }
    }

    /** Lets go of what an open file holds; whoever knows the place deletes what is left there. */
    void abandon() throws IOException {
        DataWriter<Record> open = writer;
        try (Closeable file = created) {
            if (open != null) {
                writer = null;
                count.closed();
                open.close();
            }
        }
    }
}

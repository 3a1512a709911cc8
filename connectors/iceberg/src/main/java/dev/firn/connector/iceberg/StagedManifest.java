package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.iceberg.GenericManifestFile;
import org.apache.iceberg.GenericPartitionFieldSummary;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.jspecify.annotations.Nullable;

/**
 * The pointer to a staged manifest: what an append has to know of it. Iceberg's own encoding is twenty times as long,
 * for it carries its schema, and all that a commit fills in.
 */
final class StagedManifest {

    /** Of the manifests themselves, in tables of either format. */
    static final int FORMAT = 2;

    /** Iceberg's encoding, which older ledgers and savepoints hold, begins with 0xC2. */
    private static final byte VERSION = 1;

    /** The same of delete files; 2 and 3 are what a {@link StagedPointer} may begin with. */
    private static final byte OF_DELETES = 4;

    /** Iceberg's word for a number that the commit gives. */
    private static final long UNASSIGNED = -1;

    private static final int HAS_NULL = 1;
    private static final int HAS_NAN = 2;
    private static final int HAS_LOWER = 4;
    private static final int HAS_UPPER = 8;

    private StagedManifest() {}

    static ManifestFile of(StagedFiles files) {
        try {
            return decode(StagedPointer.decode(files.pointer()).manifest());
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }

    /** All of them: that of the rows, and that of the deletes before them, if there is one. */
    static List<ManifestFile> all(StagedFiles files) {
        StagedPointer.Deletes deletes = deletes(files);
        return deletes == null ? List.of(of(files)) : List.of(of(files), ofDeletes(files, deletes));
    }

    static ManifestFile ofDeletes(StagedFiles files, StagedPointer.Deletes deletes) {
        try {
            return decode(deletes.manifest());
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }

    /** What the table is to be told with them. */
    static SortedMap<String, String> bindings(StagedFiles files) {
        try {
            return StagedPointer.decode(files.pointer()).bindings();
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }

    /** The delete files that go before them, and where those stand among the writer's; null where there are none. */
    static StagedPointer.@Nullable Deletes deletes(StagedFiles files) {
        try {
            return StagedPointer.decode(files.pointer()).deletes();
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }

    private static UncheckedIOException unreadable(StagedFiles files, IOException cause) {
        return new UncheckedIOException("the pointer to staged files of " + files.table() + " can't be read", cause);
    }

    static byte[] encode(ManifestFile manifest) throws IOException {
        if (!isPlain(manifest)) {
            return ManifestFiles.encode(manifest);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(manifest.content() == ManifestContent.DELETES ? OF_DELETES : VERSION);
        out.writeUTF(manifest.path());
        out.writeLong(manifest.length());
        out.writeInt(manifest.partitionSpecId());
        out.writeInt(manifest.addedFilesCount());
        out.writeLong(manifest.addedRowsCount());
        out.writeInt(manifest.partitions().size());
        for (ManifestFile.PartitionFieldSummary field : manifest.partitions()) {
            write(field, out);
        }
        return bytes.toByteArray();
    }

    static ManifestFile decode(byte[] pointer) throws IOException {
        if (pointer[0] != VERSION && pointer[0] != OF_DELETES) {
            return ManifestFiles.decode(pointer);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(pointer, 1, pointer.length - 1));
        String path = in.readUTF();
        long length = in.readLong();
        int spec = in.readInt();
        int files = in.readInt();
        long rows = in.readLong();
        int fields = in.readInt();
        List<ManifestFile.PartitionFieldSummary> partitions = new ArrayList<>();
        for (int field = 0; field < fields; field++) {
            partitions.add(readField(in));
        }
        return new GenericManifestFile(
                path,
                length,
                spec,
                pointer[0] == OF_DELETES ? ManifestContent.DELETES : ManifestContent.DATA,
                UNASSIGNED,
                UNASSIGNED,
                null,
                files,
                rows,
                0,
                0,
                0,
                0,
                partitions,
                null);
    }

    /** As our writers make them; anything else keeps Iceberg's own words. */
    private static boolean isPlain(ManifestFile manifest) {
        return manifest.sequenceNumber() == UNASSIGNED
                && manifest.minSequenceNumber() == UNASSIGNED
                && manifest.snapshotId() == null
                && is(manifest.existingFilesCount(), 0)
                && is(manifest.existingRowsCount(), 0)
                && is(manifest.deletedFilesCount(), 0)
                && is(manifest.deletedRowsCount(), 0)
                && manifest.addedFilesCount() != null
                && manifest.addedRowsCount() != null
                && manifest.keyMetadata() == null
                && manifest.path().length() < 20_000
                && manifest.partitions() != null
                && manifest.partitions().stream().allMatch(field -> field.containsNaN() != null);
    }

    private static boolean is(@Nullable Number count, long expected) {
        return count != null && count.longValue() == expected;
    }

    private static void write(ManifestFile.PartitionFieldSummary field, DataOutputStream out) throws IOException {
        ByteBuffer lower = field.lowerBound();
        ByteBuffer upper = field.upperBound();
        out.writeByte((field.containsNull() ? HAS_NULL : 0)
                | (Boolean.TRUE.equals(field.containsNaN()) ? HAS_NAN : 0)
                | (lower == null ? 0 : HAS_LOWER)
                | (upper == null ? 0 : HAS_UPPER));
        write(lower, out);
        write(upper, out);
    }

    private static void write(@Nullable ByteBuffer bound, DataOutputStream out) throws IOException {
        if (bound != null) {
            byte[] bytes = new byte[bound.remaining()];
            bound.duplicate().get(bytes);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static GenericPartitionFieldSummary readField(DataInputStream in) throws IOException {
        int flags = in.readByte();
        ByteBuffer lower = (flags & HAS_LOWER) == 0 ? null : readBound(in);
        ByteBuffer upper = (flags & HAS_UPPER) == 0 ? null : readBound(in);
        return new GenericPartitionFieldSummary((flags & HAS_NULL) != 0, (flags & HAS_NAN) != 0, lower, upper);
    }

    private static ByteBuffer readBound(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}

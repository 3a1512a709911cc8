package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.StagedEpoch;
import java.nio.ByteBuffer;

/**
 * What a rewind stages for a table instead of files: the way back, and what was known when it was decided.
 *
 * @param to the last epoch that stays in the table
 * @param snapshot to go back to; {@link #NONE} empties the table
 * @param head the table's newest snapshot then: what others have added since nobody has agreed to lose
 */
record RewindPointer(long to, long snapshot, long head) {

    /** Iceberg never gives a snapshot this number. */
    static final long NONE = -1;

    /** The first byte, where a staged manifest has its version. */
    private static final byte KIND = 2;

    byte[] encode() {
        return ByteBuffer.allocate(1 + 3 * Long.BYTES)
                .put(KIND)
                .putLong(to)
                .putLong(snapshot)
                .putLong(head)
                .array();
    }

    static boolean isIn(StagedEpoch epoch) {
        return epoch.files().stream().anyMatch(RewindPointer::isIn);
    }

    private static boolean isIn(StagedFiles files) {
        return files.files() == 0 && files.pointer().length > 0 && files.pointer()[0] == KIND;
    }

    static RewindPointer of(StagedEpoch epoch) {
        byte[] pointer = epoch.files().stream()
                .filter(RewindPointer::isIn)
                .findFirst()
                .orElseThrow()
                .pointer();
        ByteBuffer bytes = ByteBuffer.wrap(pointer, 1, pointer.length - 1);
        return new RewindPointer(bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}

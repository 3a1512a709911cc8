package dev.firn.flink.commit;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.StagedEpoch;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of pointers may wait in memory, over all tables; thread-safe. */
final class PointerMemory {

    /** Half a day of one table's epochs is 5 MB; half a day of 500 tables' is 2 GB, which does not fit. */
    static final long BYTES = 64L << 20;

    /** What the objects around a pointer take, roughly. */
    private static final long OVERHEAD = 300;

    private final AtomicLong left;

    PointerMemory(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes room for an epoch, if there is enough. */
    boolean take(StagedEpoch epoch) {
        long size = size(epoch);
        return left.getAndUpdate(bytes -> bytes < size ? bytes : bytes - size) >= size;
    }

    void giveBack(StagedEpoch epoch) {
        left.addAndGet(size(epoch));
    }

    private static long size(StagedEpoch epoch) {
        long size = OVERHEAD;
        for (StagedFiles files : epoch.files()) {
            size += OVERHEAD + files.pointer().length;
        }
        return size;
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition that are in no complete file yet: some wait in memory, others are in a file that is open. A
 * table without partitions is one. A file that fails before it has rows is written in the holding area instead; one that
 * fails later has rows that only the source still has.
 */
final class PartitionRows {

    private final TargetTable target;
    private final PartitionKey partition;
    private final FilePlaces places;
    private final OpenFileCount count;
    private final List<Record> waiting = new ArrayList<>();
    private long waitingBytes;
    private @Nullable DataFileWriter file;

    PartitionRows(TargetTable target, PartitionKey partition, FilePlaces places, OpenFileCount count) {
        this.target = target;
        this.partition = partition;
        this.places = places;
        this.count = count;
    }

    PartitionKey partition() {
        return partition;
    }

    void add(Record row) {
        waiting.add(row);
        if (file == null) {
            waitingBytes += RowSize.of(row);
        }
    }

    boolean hasFile() {
        return file != null;
    }

    /** About how much memory this takes. */
    long bytes() {
        return waitingBytes + (file == null ? 0 : target.memoryOfFile(file.length()));
    }

    /** Whether an open file takes less than the rows do now. */
    boolean isWorthAFile() {
        return !target.isSorted() && waitingBytes >= target.memoryOfFile(0);
    }

    /** A file is as large as the table wants, or as many rows wait as may be sorted at once. */
    boolean isFull() {
        return target.isSorted()
                ? waitingBytes >= TargetTable.SORTED_AT_ONCE
                : file != null && file.length() >= target.fileSize();
    }

    /** Names the file, so that it can be deleted whatever happens. */
    void nameFile() {
        if (file == null) {
            file = new DataFileWriter(target, partition, places.newDataFile(partition), count);
        }
    }

    /** Takes the waiting rows to the file, which must have a name. */
    void writeWaiting() {
        if (!waiting.isEmpty()) {
            target.sort(waiting);
            orHeld(() -> {
                named().write(waiting);
                return waiting;
            });
            forgetWaiting();
        }
    }

    /** The last call: everything is in the file, and that is complete. */
    DataFile complete() {
        target.sort(waiting);
        DataFile complete = orHeld(() -> {
            named().write(waiting);
            return named().close();
        });
        forgetWaiting();
        return complete;
    }

    void abandon() throws IOException {
        if (file != null) {
            file.abandon();
        }
    }

    /** Tries again in the holding area where all rows are still at hand. */
    private <T> T orHeld(Supplier<T> work) {
        boolean hadRows = named().hasRows();
        try {
            return work.get();
        } catch (OutsideException failure) {
            places.cannotWrite(failure);
            if (hadRows || named().isHeld()) {
                throw failure;
            }
            return held(work, failure);
        }
    }

    private <T> T held(Supplier<T> work, OutsideException failure) {
        try {
            named().abandon();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
        try {
            file = new DataFileWriter(target, partition, places.newHeldDataFile(), count);
            return work.get();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private void forgetWaiting() {
        waiting.clear();
        waitingBytes = 0;
    }

    private DataFileWriter named() {
        DataFileWriter named = file;
        if (named == null) {
            throw new IllegalStateException("our bug: a file without a name");
        }
        return named;
    }
}

package dev.firn.connector.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition that are in no complete file yet: some wait in memory, others are in a file that is open. A
 * table without partitions is one.
 */
final class PartitionRows {

    private final TargetTable target;
    private final PartitionKey partition;
    private final OpenFileCount count;
    private final List<Record> waiting = new ArrayList<>();
    private long waitingBytes;
    private @Nullable DataFileWriter file;

    PartitionRows(TargetTable target, PartitionKey partition, OpenFileCount count) {
        this.target = target;
        this.partition = partition;
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

    /** Names the file, so that it can be deleted whatever happens, and says where it will be. */
    String nameFile() {
        if (file == null) {
            file = new DataFileWriter(target, partition, count);
        }
        return file.location();
    }

    /** Takes the waiting rows to the file, which must have a name. */
    void writeWaiting() {
        if (!waiting.isEmpty()) {
            target.sort(waiting);
            named().write(waiting);
            waiting.clear();
            waitingBytes = 0;
        }
    }

    /** The last call: everything is in the file, and that is complete. */
    DataFile complete() {
        writeWaiting();
        return named().close();
    }

    void abandon() throws IOException {
        if (file != null) {
            file.abandon();
        }
    }

    private DataFileWriter named() {
        DataFileWriter named = file;
        if (named == null) {
            throw new IllegalStateException("our bug: a file without a name");
        }
        return named;
    }
}

package dev.firn.connector.iceberg;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.iceberg.DataFile;

/**
 * Keeps the memory of one writer within limits, with as few files as they allow. An open file takes as much as some
 * hundreds of rows, so rows wait until they take as much themselves. Beyond the limits the largest are completed first.
 *
 * <pre>
 *   rows wait --- worth a file, one may be opened ---> open file --+--- barrier, or large enough, or memory short --->
 *       |                                                          |
 *       +------------------ barrier, or memory short --------------+---> completed by a file thread
 * </pre>
 */
final class WriterMemory {

    private final WriterLimits.Share share;
    private final FileThreads threads;

    /** What each takes, as it was counted last. */
    private final Map<PartitionRows, Counted> counted = new LinkedHashMap<>();

    private final Set<PartitionRows> open = new LinkedHashSet<>();
    private final Deque<Completing> completing = new ArrayDeque<>();
    private long bytes;
    private long completedEarly;

    private record Counted(TableFiles table, long bytes) {}

    private record Completing(TableFiles table, long bytes, Future<DataFile> file) {}

    WriterMemory(WriterLimits.Share share, FileThreads threads) {
        this.share = share;
        this.threads = threads;
    }

    /** Takes note of the rows that a table got, and makes room where they are too many. */
    void settle(TableFiles table) {
        for (PartitionRows rows : table.touched()) {
            if (!rows.hasFile() && rows.isWorthAFile() && open.size() < share.openFiles()) {
                rows.nameFile();
                open.add(rows);
            }
            if (open.contains(rows)) {
                rows.writeWaiting();
            }
            count(table, rows);
            if (rows.isFull()) {
                complete(table, rows);
            }
        }
        makeRoom();
    }

    /** Nothing more comes for the table, for now. */
    void completeAll(TableFiles table) {
        List.copyOf(table.partitions()).forEach(rows -> complete(table, rows));
    }

    /** Waits until all files that were to be completed are, or have failed: each table that fails is to be known then. */
    void awaitCompletion() {
        RuntimeException first = null;
        while (!completing.isEmpty()) {
            try {
                awaitOldest();
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** How many files had to be completed because memory was short, since the last call. */
    long drainCompletedEarly() {
        long early = completedEarly;
        completedEarly = 0;
        return early;
    }

    long bytes() {
        return bytes;
    }

    private void makeRoom() {
        while (bytes > share.files()) {
            // What is under way frees memory without making a file small.
            if (!completing.isEmpty()) {
                awaitOldest();
                continue;
            }
            Optional<Map.Entry<PartitionRows, Counted>> largest = counted.entrySet().stream()
                    .max(Comparator.comparingLong(entry -> entry.getValue().bytes()));
            if (largest.isEmpty()) {
                throw new IllegalStateException("our bug: " + bytes + " bytes of rows that nobody holds");
            }
            complete(largest.get().getValue().table(), largest.get().getKey());
            completedEarly++;
        }
    }

    private void complete(TableFiles table, PartitionRows rows) {
        count(table, rows);
        rows.nameFile();
        table.remove(rows);
        open.remove(rows);
        Counted last = counted.remove(rows);
        long held = last == null ? 0 : last.bytes();
        completing.add(new Completing(table, held, threads.submit(rows::complete)));
    }

    private void awaitOldest() {
        Completing oldest = completing.remove();
        DataFile file = FileThreads.await(oldest.file());
        bytes -= oldest.bytes();
        oldest.table().complete(file);
    }

    private void count(TableFiles table, PartitionRows rows) {
        Counted now = new Counted(table, rows.bytes());
        Counted before = counted.put(rows, now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
    }
}

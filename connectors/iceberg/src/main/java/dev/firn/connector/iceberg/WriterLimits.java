package dev.firn.connector.iceberg;

import java.io.Serializable;

/**
 * What the file says about memory of writers.
 *
 * @param memory bytes of each subtask's writers; {@link #SHARE_OF_HEAP} for a share of the process's heap
 * @param openFiles most files that a subtask's writers keep open for rows to come
 */
record WriterLimits(long memory, int openFiles) implements Serializable {

    static final long SHARE_OF_HEAP = 0;

    static final WriterLimits DEFAULT = new WriterLimits(SHARE_OF_HEAP, 64);

    /** The rest is for what reads, what commits, and Flink. */
    private static final int HEAP_PARTS = 2;

    /** A raw message takes a third of what its row takes, so most of the memory is best used before decoding. */
    private static final long WAITING_OF_THREE = 2;

    private static final long LEAST = 16 << 20;

    /** What waits is decoded and written when the barrier comes, and everything stands still meanwhile. */
    private static final long MOST = 512 << 20;

    /** What a writer may hold that shares its process and its subtask with as many, itself included. */
    Share share(int writersInProcess, int writersInSubtask) {
        long shareOfHeap = Runtime.getRuntime().maxMemory() / HEAP_PARTS / Math.max(1, writersInProcess);
        long all = memory == SHARE_OF_HEAP
                ? Math.min(MOST / writersInSubtask, Math.max(LEAST, shareOfHeap))
                : memory / writersInSubtask;
        long waiting = all / 3 * WAITING_OF_THREE;
        return new Share(waiting, all - waiting, Math.max(1, openFiles / writersInSubtask));
    }

    /**
     * The limits of one writer.
     *
     * @param waiting bytes of messages that wait to be decoded
     * @param files bytes of rows and open files
     */
    record Share(long waiting, long files, int openFiles) {}
}

package dev.firn.spi.sink;

/**
 * Who writes.
 *
 * @param run the run's number, part of file names
 * @param subtask 0-based
 * @param attempt of the subtask, so that files of a failed attempt can be told apart
 * @param writersInProcess how many writers may share the process's memory, this one included
 * @param writersInSubtask how many of them are this subtask's, and share what is set for one
 * @param keys of tables in which a record takes the place of the row with its key
 * @param kept what is kept of the bytes of quarantined records
 * @param unique tables that take no row a second time
 * @param owned keys whose records come to this writer
 */
public record WriterSettings(
        long run,
        int subtask,
        int attempt,
        int writersInProcess,
        int writersInSubtask,
        RowKeys keys,
        KeptBytes kept,
        UniqueTables unique,
        OwnedKeys owned) {

    /** A writer to tables that take whatever comes. */
    public WriterSettings(
            long run,
            int subtask,
            int attempt,
            int writersInProcess,
            int writersInSubtask,
            RowKeys keys,
            KeptBytes kept) {
        this(run, subtask, attempt, writersInProcess, writersInSubtask, keys, kept, UniqueTables.NONE, OwnedKeys.ALL);
    }

    /** A writer that keeps quarantined records as they came. */
    public WriterSettings(
            long run, int subtask, int attempt, int writersInProcess, int writersInSubtask, RowKeys keys) {
        this(run, subtask, attempt, writersInProcess, writersInSubtask, keys, KeptBytes.RAW);
    }

    /** A writer to tables in which each record is a row. */
    public WriterSettings(long run, int subtask, int attempt, int writersInProcess, int writersInSubtask) {
        this(run, subtask, attempt, writersInProcess, writersInSubtask, RowKeys.NONE);
    }

    /** A writer that has its process for itself. */
    public WriterSettings(long run, int subtask, int attempt) {
        this(run, subtask, attempt, 1, 1);
    }
}

package dev.firn.spi.sink;

/**
 * Who writes.
 *
 * @param run the run's number, part of file names
 * @param subtask 0-based
 * @param attempt of the subtask, so that files of a failed attempt can be told apart
 * @param writersInProcess how many writers may share the process's memory, this one included
 * @param writersInSubtask how many of them are this subtask's, and share what is set for one
 */
public record WriterSettings(long run, int subtask, int attempt, int writersInProcess, int writersInSubtask) {

    /** A writer that has its process for itself. */
    public WriterSettings(long run, int subtask, int attempt) {
        this(run, subtask, attempt, 1, 1);
    }
}

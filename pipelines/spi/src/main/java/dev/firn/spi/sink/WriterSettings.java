package dev.firn.spi.sink;

/**
 * Who writes.
 *
 * @param run the run's number, part of file names
 * @param subtask 0-based
 * @param attempt of the subtask, so that files of a failed attempt can be told apart
 */
public record WriterSettings(long run, int subtask, int attempt) {}

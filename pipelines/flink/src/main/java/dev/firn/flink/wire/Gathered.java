package dev.firn.flink.wire;

/** What goes from a subtask that reads to one that writes. */
public sealed interface Gathered permits GatheredRecord, GatheredSchema {

    /** The subtask that it goes to, 0-based. */
    int writer();
}

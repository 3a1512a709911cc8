package dev.firn.connector.cdc;

import dev.firn.definition.bind.NotBuiltYet;

/** Where to start, only where neither Flink state nor the ledger knows a position; in Flink CDC's words. */
public enum Startup {
    /** All rows as they are, then their changes. */
    INITIAL,
    /** All rows as they are, and no more. */
    @NotBuiltYet
    SNAPSHOT,
    /** The changes from now on. */
    LATEST_OFFSET,
    /** The changes from a time on. */
    @NotBuiltYet
    TIMESTAMP
}

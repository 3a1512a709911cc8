package dev.firn.definition.table;

import dev.firn.definition.bind.NotBuiltYet;

/** What a delete in the source does to an upserted table. */
public enum Deletes {
    /** The row goes. */
    APPLY,
    /** The row stays, marked as deleted. */
    @NotBuiltYet
    SOFT,
    /** Nothing; it is counted. */
    IGNORE
}

package dev.firn.definition.table;

/** What a delete in the source does to an upserted table. */
public enum Deletes {
    /** The row goes. */
    APPLY,
    /** The row stays, marked as deleted. */
    SOFT,
    /** Nothing; it is counted. */
    IGNORE
}

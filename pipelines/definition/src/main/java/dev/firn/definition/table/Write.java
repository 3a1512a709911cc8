package dev.firn.definition.table;

/** How records become rows. */
public enum Write {
    /** Each record is a row. */
    APPEND,
    /** A record replaces the row with the same key. */
    UPSERT
}

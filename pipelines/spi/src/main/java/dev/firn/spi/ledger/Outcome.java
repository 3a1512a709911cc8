package dev.firn.spi.ledger;

import java.util.Locale;

/** What became of a record in front of the writers, or in front of the reader. */
public enum Outcome {
    /** Sent to a table's writer. */
    ROUTED,
    /** One more of a record that goes to several tables; each copy has another outcome of its own. */
    COPIED,
    /** Sent to quarantine, with a reason. */
    QUARANTINED,
    /** No row by its nature: a tombstone, a heartbeat. */
    NON_DATA,
    /**
     * Never read: the source had deleted it before. Counted in positions, for nobody knows how many of them were records;
     * so no part of what was read. The reason is the range.
     */
    LOST,
    /** Left out, for it does not meet its table's {@code where}. */
    FILTERED,
    /** Left out by a rule of its table that says so; the reason is the rule's name. */
    DROPPED,
    /** No row of its own: another record of its key came to its table behind it, before either was written. */
    SUPERSEDED,
    /** No row, but the end of one: the row with its key is deleted from the table. */
    DELETED,
    /** No row of its own: its table has that row already, and the file says that it is to have it once. */
    DEDUPLICATED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

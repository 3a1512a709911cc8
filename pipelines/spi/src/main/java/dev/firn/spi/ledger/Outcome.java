package dev.firn.spi.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
    DEDUPLICATED,
    /**
     * No record, but how far the newest event time of a table's rows from the split has moved, in microseconds; the first time since 1970.
     * So all epochs that count add up to where it stands. The reason is the column.
     */
    EVENT_TIME;

    /** That of a name as {@link #name} or {@link #word} has it; empty where a newer Firn has more of them. */
    public static Optional<Outcome> of(String name) {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(outcome -> outcome.name().equals(constant))
                .findFirst();
    }

    /** Whether it counts records; else it is on neither side of any sum of them. */
    public boolean countsRecords() {
        return this != EVENT_TIME;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.firn.spi.ledger;

import java.util.Locale;

/** What became of a record in front of the writers. */
public enum Outcome {
    /** Sent to a table's writer. */
    ROUTED,
    /** One more of a record that goes to several tables; each copy has another outcome of its own. */
    COPIED,
    /** Sent to quarantine, with a reason. */
    QUARANTINED,
    /** No row by its nature: a tombstone, a heartbeat. */
    NON_DATA;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

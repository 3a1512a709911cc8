package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;

/** Rows may not come to their table yet: older records of their splits have waited for a decision, and are not put back. */
public final class OlderRecordsWait extends CommitRefused {

    private static final long serialVersionUID = 1L;

    private final long firstHeld;

    /** @param firstHeld the first epoch that waits; what comes behind it waits, too */
    public OlderRecordsWait(TableName table, long firstHeld) {
        super("table `" + table + "` has older records in quarantine that have waited for a decision, and epoch "
                + firstHeld + " waits until `firn table resume` has put them back: it can be run again at any time");
        this.firstHeld = firstHeld;
    }

    public long firstHeld() {
        return firstHeld;
    }
}

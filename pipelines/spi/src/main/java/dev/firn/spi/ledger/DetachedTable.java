package dev.firn.spi.ledger;

import dev.firn.spi.schema.TableName;
import java.time.Instant;

/**
 * A table that the pipeline goes on without until it is attached again: what was staged for it waits in the ledger, what comes for
 * it goes to quarantine.
 *
 * @param after all its epochs up to this one are in it; what later ones have staged for it waits
 * @param epoch the ledger's last when it was detached
 * @param at when that was
 * @param oldest when the first of what waits was staged
 * @param reason why it could not be committed to, in a sentence
 */
public record DetachedTable(TableName table, long after, long epoch, Instant at, Instant oldest, String reason) {

    /** Of the ledger's property that says so, in front of the table's name. */
    public static final String PROPERTY_PREFIX = "firn.detached.";
}

package dev.firn.spi.ledger;

import dev.firn.spi.record.Split;
import java.io.Serializable;

/**
 * How many records of a split had one outcome.
 *
 * @param table the target, or empty text where no route names one
 * @param reason a reject code's word, {@code tombstone}, for what was lost its range, for what was dropped the rule's name, or empty text
 */
public record OutcomeCount(Split split, Outcome outcome, String table, String reason, long records)
        implements Serializable {}

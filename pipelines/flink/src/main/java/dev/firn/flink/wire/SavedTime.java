package dev.firn.flink.wire;

import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.rule.EventClock;

/**
 * A newest event time as operator state holds it.
 *
 * @param insteadOf what the ledger had when its split began anew, in microseconds since 1970; {@link EventClock#NONE} where it did not
 */
public record SavedTime(NewestTime time, long insteadOf) {}

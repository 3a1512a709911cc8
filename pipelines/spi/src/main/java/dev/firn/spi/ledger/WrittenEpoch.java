package dev.firn.spi.ledger;

import java.time.Instant;

/**
 * An epoch as the ledger remembers it.
 *
 * @param first the number of the first epoch in it: its own, but where the ledger has added up old epochs to one
 * @param at when it, or the last of them, was written ahead
 */
public record WrittenEpoch(Epoch epoch, long first, Instant at) {}

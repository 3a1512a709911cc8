package dev.firn.spi.ledger;

import dev.firn.spi.record.Split;
import java.io.Serializable;

/**
 * How far a split was read: positions in [{@code from}, {@code to}), {@code read} records among them. The difference
 * need not be {@code read}: transaction markers, aborted and compacted records leave gaps.
 */
public record SplitProgress(Split split, long from, long to, long read) implements Serializable {}

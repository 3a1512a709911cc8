package dev.firn.spi.source;

import dev.firn.spi.record.Split;

/**
 * A split with its positions at one moment.
 *
 * @param start where reading starts without any state
 * @param end the position behind the last record that a reader may see
 */
public record SplitRange(Split split, long start, long end) {}

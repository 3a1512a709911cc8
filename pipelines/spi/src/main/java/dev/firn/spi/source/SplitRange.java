package dev.firn.spi.source;

import dev.firn.spi.record.Split;

/**
 * A split with its positions at one moment.
 *
 * @param start where reading starts without any state
 * @param end the position behind the last record that a reader may see
 */
public record SplitRange(Split split, long start, long end) {

    /** How many positions that are, which no more records can have. */
    public long length() {
        return end - start;
    }
}

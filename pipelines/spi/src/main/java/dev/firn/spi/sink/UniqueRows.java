package dev.firn.spi.sink;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which rows of a table are the same one: those that share a key, and whose times are less than a span apart.
 *
 * @param key names of columns at the top of the table
 * @param time a column at the top of the table, of timestamps
 * @param within how far apart the times of two rows are at least that are not the same
 * @param memory how many bytes keys may take in one writer
 */
public record UniqueRows(List<String> key, String time, Duration within, long memory) implements Serializable {

    /** The rule that a row breaks whose time is so long ago that nobody remembers whether the table has it. */
    public static final String NOT_TOO_OLD = "unique-not-too-old";

    public UniqueRows {
        key = List.copyOf(key);
    }
}

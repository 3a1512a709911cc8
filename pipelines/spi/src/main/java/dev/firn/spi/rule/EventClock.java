package dev.firn.spi.rule;

import dev.firn.spi.record.RawRecord;

/** How far the event times of a table's rows have come, in each split by itself. It is told each row once, as the splits have them. */
@FunctionalInterface
public interface EventClock {

    /** What {@link #next} answers where no row has said a time yet. */
    long NONE = Long.MIN_VALUE;

    /**
     * Takes note of a row.
     *
     * @param micros when its event happened, in microseconds since 1970
     * @return the newest event time of the rows before it, or {@link #NONE}
     */
    long next(RawRecord record, long micros);
}

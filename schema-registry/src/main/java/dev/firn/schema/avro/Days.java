package dev.firn.schema.avro;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Dates by their number. Most records are of a few days, and working out the year, the month and the day of each again takes
 * longer than all else about a timestamp. Any thread may fill a place at any time: what stands in it is complete.
 */
final class Days {

    private static final int PLACES = 1 << 10;

    private static final @Nullable Day[] KNOWN = new Day[PLACES];

    private Days() {}

    private record Day(long number, LocalDate date) {}

    static LocalDate of(long epochDay) {
        int place = (int) epochDay & (PLACES - 1);
        @Nullable Day known = KNOWN[place];
        if (known == null || known.number() != epochDay) {
            known = new Day(epochDay, LocalDate.ofEpochDay(epochDay));
            KNOWN[place] = known;
        }
        return known.date();
    }
}

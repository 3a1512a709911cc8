package dev.firn.connector.cdc.postgres;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as {@code DateStyle} {@code ISO} and {@code TimeZone} {@code UTC} write them: {@code 0044-03-15 12:00:00.5+00 BC}. The calendar is
 * the Gregorian, also for times before it was made, and the year before 1 is 1 BC: both as Postgres and ISO 8601 have it.
 */
final class TemporalTexts {

    private static final String DATE = "(\\d{4,7})-(\\d\\d)-(\\d\\d)";
    private static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?";
    private static final Pattern WHOLE_DATE = Pattern.compile(DATE + "( BC)?");
    private static final Pattern WHOLE_TIME = Pattern.compile(TIME);
    private static final Pattern TIMESTAMP = Pattern.compile(DATE + " " + TIME + "(\\+00)?( BC)?");

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_DAY = SECONDS_PER_DAY * MICROS_PER_SECOND;

    private TemporalTexts() {}

    /** Days since 1970-01-01. */
    static int days(String text) throws Unfit {
        Matcher matcher = WHOLE_DATE.matcher(text);
        if (!matcher.matches()) {
            throw new Unfit(text, "which is no date of a column");
        }
        return Math.toIntExact(days(text, matcher, matcher.group(4) != null));
    }

    /** Microseconds since midnight. */
    static long timeMicros(String text) throws Unfit {
        Matcher matcher = WHOLE_TIME.matcher(text);
        long micros = matcher.matches() ? micros(matcher, 1) : MICROS_PER_DAY;
        if (micros >= MICROS_PER_DAY) {
            throw new Unfit(text, "which is no time of a day in a column");
        }
        return micros;
    }

    /** Microseconds since 1970-01-01 on the same wall. */
    static long timestampMicros(String text) throws Unfit {
        return micros(text, false);
    }

    /** Microseconds since 1970-01-01 in UTC. */
    static long instantMicros(String text) throws Unfit {
        return micros(text, true);
    }

    private static long micros(String text, boolean zoned) throws Unfit {
        Matcher matcher = TIMESTAMP.matcher(text);
        if (!matcher.matches() || (matcher.group(8) != null) != zoned) {
            throw new Unfit(text, "which is no timestamp of a column");
        }
        long days = days(text, matcher, matcher.group(9) != null);
        try {
            return Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), micros(matcher, 4));
        } catch (ArithmeticException e) {
            // Postgres counts from the year 2000, and so goes on for 30 years more.
            throw new Unfit(text, "which is beyond the timestamps of a column");
        }
    }

    private static long days(String text, Matcher matcher, boolean beforeChrist) throws Unfit {
        int year = Integer.parseInt(matcher.group(1));
        int month = Integer.parseInt(matcher.group(2));
        int day = Integer.parseInt(matcher.group(3));
        try {
            return LocalDate.of(beforeChrist ? 1 - year : year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw new Unfit(text, "which is no date of a calendar");
        }
    }

    private static long micros(Matcher matcher, int first) {
        long hours = Long.parseLong(matcher.group(first));
        long minutes = Long.parseLong(matcher.group(first + 1));
        long seconds = Long.parseLong(matcher.group(first + 2));
        String fraction = matcher.group(first + 3);
        long micros = fraction == null ? 0 : Long.parseLong((fraction + "00000").substring(0, 6));
        return ((hours * 60 + minutes) * 60 + seconds) * MICROS_PER_SECOND + micros;
    }
}

package dev.firn.schema.infer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds out what a text says beyond being one. Those that Firn's own reader of JSON would refuse as a time are texts. */
final class Texts {

    private static final int DATE_LENGTH = 10;
    private static final int UUID_LENGTH = 36;
    private static final int LONGEST_TIME = 40;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern FRACTION = Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+([eE][+-]?[0-9]+)?");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?[Zz]?");

    /** As many digits as JSON's numbers may have; one of more is no number that anybody means. */
    private static final int MOST_DIGITS = 1_000;

    private Texts() {}

    /** Of a string of JSON. */
    static Scalar text(String text) {
        if (text.length() == UUID_LENGTH && isUuid(text)) {
            return Scalar.of(Kind.UUID, 0);
        }
        if (text.length() <= LONGEST_TIME && !text.isEmpty() && isDigit(text.charAt(0))) {
            try {
                return temporal(text);
            } catch (DateTimeException e) {
                // A text like others.
            }
        }
        return Scalar.of(Kind.TEXT, 0);
    }

    /**
     * Of a cell, where everything is written as text. A number that would be another text when it is written again, such as
     * {@code 007}, {@code +49} or {@code 12e4}, is a text.
     */
    static Scalar cell(String cell) {
        if (cell.equalsIgnoreCase("true")) {
            return Scalar.TRUE;
        }
        if (cell.equalsIgnoreCase("false")) {
            return Scalar.FALSE;
        }
        if (cell.length() <= MOST_DIGITS && !cell.isEmpty() && (isDigit(cell.charAt(0)) || cell.charAt(0) == '-')) {
            if (WHOLE.matcher(cell).matches()) {
                return Scalar.whole(cell);
            }
            if (FRACTION.matcher(cell).matches()) {
                return Scalar.fraction(cell);
            }
            return text(cell.length() <= LONGEST_TIME ? asStandard(cell) : cell);
        }
        return text(cell);
    }

    /** Databases write a space between date and time. */
    private static String asStandard(String cell) {
        return cell.length() > DATE_LENGTH && cell.charAt(DATE_LENGTH) == ' '
                ? cell.substring(0, DATE_LENGTH) + "T" + cell.substring(DATE_LENGTH + 1)
                : cell;
    }

    private static Scalar temporal(String text) {
        if (text.length() == DATE_LENGTH && text.charAt(4) == '-') {
            return Scalar.of(Kind.DATE, LocalDate.parse(text).toEpochDay());
        }
        if (TIME.matcher(text).matches()) {
            String local = text.toUpperCase(Locale.ROOT).replace("Z", "");
            LocalTime time = LocalTime.parse(local);
            return of(Kind.TIME, time, time.toNanoOfDay() / NANOS_PER_MICRO);
        }
        if (text.length() > DATE_LENGTH && (text.charAt(DATE_LENGTH) == 'T' || text.charAt(DATE_LENGTH) == 't')) {
            return timestamp(text);
        }
        throw new DateTimeException("no time");
    }

    private static Scalar timestamp(String text) {
        char last = text.charAt(text.length() - 1);
        boolean hasOffset =
                last == 'Z' || last == 'z' || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > DATE_LENGTH;
        if (!hasOffset) {
            LocalDateTime local = LocalDateTime.parse(text);
            return of(Kind.TIMESTAMP, local, micros(local.toEpochSecond(ZoneOffset.UTC), local));
        }
        OffsetDateTime instant = OffsetDateTime.parse(text);
        return of(Kind.INSTANT, instant, micros(instant.toEpochSecond(), instant));
    }

    private static long micros(long seconds, Temporal time) {
        return seconds * MICROS_PER_SECOND + time.get(ChronoField.MICRO_OF_SECOND);
    }

    private static Scalar of(Kind kind, Temporal time, long measure) {
        boolean isFine = time.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MICRO != 0;
        return Scalar.of(isFine ? Kind.NANOSECONDS : kind, isFine ? 0 : measure);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

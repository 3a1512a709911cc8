package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.binding.Excerpt;
import dev.firn.spi.format.Rejected;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** Readers of dates, times and timestamps, as RFC 3339 writes them. */
final class Times {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final long LAST_SECOND = Long.MAX_VALUE / MICROS_PER_SECOND - 1;

    private Times() {}

    /** Makes a value of a text. */
    @FunctionalInterface
    interface Parser {
        Object parse(String text) throws DateTimeException, Rejected;
    }

    static JsonValueReader of(String path, JsonType.Scalar type, Nanoseconds nanoseconds) {
        return switch (type) {
            case DATE -> reader(path, type, Times::date);
            case TIME -> reader(path, type, text -> time(path, text, nanoseconds));
            case DATE_TIME -> reader(path, type, text -> instant(path, text, nanoseconds));
            case BOOLEAN, INTEGER, NUMBER, STRING, UUID, ANYTHING -> throw new IllegalStateException(
                    "our bug: " + type + " at " + path + " is no time");
        };
    }

    private static JsonValueReader reader(String path, JsonType type, Parser parser) {
        return input -> {
            if (input.token() != JsonToken.VALUE_STRING) {
                throw input.mismatch(path, type);
            }
            String text = input.text(path);
            try {
                return parser.parse(text);
            } catch (DateTimeException e) {
                throw JsonInput.invalid(path, "is `" + Excerpt.of(text) + "`, which is no " + type.word());
            }
        };
    }

    private static Object date(String text) {
        LocalDate date = LocalDate.parse(text);
        if (date.toEpochDay() != (int) date.toEpochDay()) {
            throw new DateTimeException("more than 32 bits of days");
        }
        return date;
    }

    /** A column has no zone, so one other than UTC would be lost. */
    private static Object time(String path, String text, Nanoseconds nanoseconds) throws Rejected {
        boolean utc = text.endsWith("Z") || text.endsWith("z");
        return micros(path, text, LocalTime.parse(utc ? text.substring(0, text.length() - 1) : text), nanoseconds);
    }

    private static LocalTime micros(String path, String text, LocalTime time, Nanoseconds nanoseconds) throws Rejected {
        requireMicros(path, text, time.get(ChronoField.NANO_OF_SECOND), nanoseconds);
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static Object instant(String path, String text, Nanoseconds nanoseconds) throws Rejected {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        if (Math.abs(instant.getEpochSecond()) > LAST_SECOND) {
            throw new DateTimeException("more than 64 bits of microseconds");
        }
        requireMicros(path, text, instant.get(ChronoField.NANO_OF_SECOND), nanoseconds);
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static void requireMicros(String path, String text, int nano, Nanoseconds nanoseconds) throws Rejected {
        if (nano % NANOS_PER_MICRO != 0 && nanoseconds == Nanoseconds.REFUSE) {
            throw JsonInput.invalid(
                    path,
                    "is `" + Excerpt.of(text) + "`, and a column keeps microseconds, unless the `format` says"
                            + " `nanoseconds: truncate`");
        }
    }
}

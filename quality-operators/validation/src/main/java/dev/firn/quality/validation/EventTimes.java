package dev.firn.quality.validation;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Optional;

/** When events happened, by the values of columns, in microseconds since 1970. What says no offset is taken for UTC. */
public final class EventTimes {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long SECONDS_PER_DAY = 86_400;

    private EventTimes() {}

    /** Of the values of one type. */
    @FunctionalInterface
    interface Reading {
        long micros(Object value);
    }

    /** Whether values of a type say when. */
    public static boolean isTime(ColumnType type) {
        return reading(type).isPresent();
    }

    static Optional<Reading> reading(ColumnType type) {
        if (type == Primitive.TIMESTAMPTZ) {
            return Optional.of(value -> {
                OffsetDateTime time = (OffsetDateTime) value;
                return micros(time.toEpochSecond(), time.getNano());
            });
        }
        if (type == Primitive.TIMESTAMP) {
            return Optional.of(value -> {
                LocalDateTime time = (LocalDateTime) value;
                return micros(time.toEpochSecond(ZoneOffset.UTC), time.get(ChronoField.NANO_OF_SECOND));
            });
        }
        return type == Primitive.DATE
                ? Optional.of(value -> micros(((LocalDate) value).toEpochDay() * SECONDS_PER_DAY, 0))
                : Optional.empty();
    }

    /** Dates reach farther than 64 bits of microseconds do. */
    private static long micros(long seconds, int nanos) {
        if (seconds >= Long.MAX_VALUE / MICROS_PER_SECOND) {
            return Long.MAX_VALUE;
        }
        return seconds <= Long.MIN_VALUE / MICROS_PER_SECOND
                ? Long.MIN_VALUE + 1
                : seconds * MICROS_PER_SECOND + nanos / NANOS_PER_MICRO;
    }

    static long micros(Duration span) {
        return micros(span.getSeconds(), span.getNano());
    }

    static String shown(long micros) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_PER_SECOND),
                        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO)
                .toString();
    }
}

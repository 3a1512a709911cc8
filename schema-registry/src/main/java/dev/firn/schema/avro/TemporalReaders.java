package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Readers of dates, times and timestamps. A table keeps days in 32 bits and microseconds in 64, so every day fits, and of
 * the timestamps all but those in milliseconds beyond the year 294,247 or so.
 */
final class TemporalReaders {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final long MICROS_PER_DAY = MILLIS_PER_DAY * MICROS_PER_MILLI;

    private static final long INFINITY = 9_223_372_036_825_200_000L;
    private static final long MINUS_INFINITY = -9_223_372_036_832_400_000L;

    private TemporalReaders() {}

    static ValueReader of(AvroKind kind, String path) {
        return switch (kind) {
            case DATE -> payload -> Days.of(payload.readInt(path));
            case TIME_MILLIS -> payload ->
                    time(payload.readInt(path), MILLIS_PER_DAY, MICROS_PER_MILLI * NANOS_PER_MICRO, path);
            case TIME_MICROS -> payload -> time(payload.readLong(path), MICROS_PER_DAY, NANOS_PER_MICRO, path);
            case TIMESTAMP_MILLIS -> payload -> instant(micros(payload.readLong(path), path));
            case TIMESTAMP_MICROS -> payload -> instant(payload.readLong(path));
            case LOCAL_TIMESTAMP_MILLIS -> payload -> local(micros(payload.readLong(path), path));
            case LOCAL_TIMESTAMP_MICROS -> payload -> local(payload.readLong(path));
            case TIMESTAMP_NANOS -> payload -> instant(Math.floorDiv(payload.readLong(path), NANOS_PER_MICRO));
            case LOCAL_TIMESTAMP_NANOS -> payload -> local(Math.floorDiv(payload.readLong(path), NANOS_PER_MICRO));
            default -> throw new IllegalStateException("our bug: " + kind + " at " + path + " is not temporal");
        };
    }

    /** Of a Postgres, whose `infinity` Debezium sends as a number of so many units, whatever the unit is. */
    static ValueReader finite(AvroKind kind, String path) {
        return payload -> {
            long value = payload.readLong(path);
            if (value >= INFINITY || value <= MINUS_INFINITY) {
                throw new Rejected(
                        RejectCode.INVALID_VALUE,
                        "`" + path + "` is `" + (value < 0 ? "-" : "")
                                + "infinity`, which is no timestamp of a column");
            }
            return local(kind == AvroKind.LOCAL_TIMESTAMP_NANOS ? Math.floorDiv(value, NANOS_PER_MICRO) : value);
        };
    }

    /** With all their digits, for a text. */
    static ValueReader nanos(AvroKind kind, String path) {
        return payload -> {
            long nanos = payload.readLong(path);
            LocalDateTime local = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(nanos, NANOS_PER_SECOND),
                    (int) Math.floorMod(nanos, NANOS_PER_SECOND),
                    ZoneOffset.UTC);
            return kind == AvroKind.TIMESTAMP_NANOS ? OffsetDateTime.of(local, ZoneOffset.UTC) : local;
        };
    }

    private static LocalTime time(long value, long perDay, long nanosPerUnit, String path) throws Rejected {
        if (value < 0 || value >= perDay) {
            throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` is no time of a day: `" + value + "`");
        }
        return LocalTime.ofNanoOfDay(value * nanosPerUnit);
    }

    private static long micros(long millis, String path) throws Rejected {
        if (millis > Long.MAX_VALUE / MICROS_PER_MILLI || millis < Long.MIN_VALUE / MICROS_PER_MILLI) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` is `" + millis + "` ms, which is no timestamp in 64 bits of microseconds");
        }
        return millis * MICROS_PER_MILLI;
    }

    private static LocalDateTime local(long micros) {
        long microOfDay = Math.floorMod(micros, MICROS_PER_DAY);
        LocalTime time = LocalTime.ofNanoOfDay(microOfDay * NANOS_PER_MICRO);
        return LocalDateTime.of(Days.of(Math.floorDiv(micros, MICROS_PER_DAY)), time);
    }

    private static OffsetDateTime instant(long micros) {
        return OffsetDateTime.of(local(micros), ZoneOffset.UTC);
    }
}

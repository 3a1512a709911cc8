package dev.firn.schema.avro;

import dev.firn.schema.binding.Excerpt;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Reads a point in time from its text in ISO 8601, with an offset. */
record ZonedTextReader(String path, Nanoseconds nanoseconds) implements ValueReader {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final long LAST_SECOND = Long.MAX_VALUE / MICROS_PER_SECOND - 1;

    @Override
    public Object read(Payload payload) throws Rejected {
        String text = payload.readString(path);
        Instant instant = parsed(text);
        if (Math.abs(instant.getEpochSecond()) > LAST_SECOND) {
            throw invalid(text, "which is no timestamp in 64 bits of microseconds");
        }
        if (instant.getNano() % NANOS_PER_MICRO != 0 && nanoseconds == Nanoseconds.REFUSE) {
            throw invalid(text, "and a column keeps microseconds, unless the `format` says `nanoseconds: truncate`");
        }
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private Instant parsed(String text) throws Rejected {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid(text, "which is no timestamp with an offset");
        }
    }

    private Rejected invalid(String text, String why) {
        return new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` is `" + Excerpt.of(text) + "`, " + why);
    }
}

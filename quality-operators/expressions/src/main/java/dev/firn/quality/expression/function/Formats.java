package dev.firn.quality.expression.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Dates and times in Java's notation of patterns. */
final class Formats {

    /** Patterns are written in the file, so they are few; where rows have them, the rest is made each time. */
    private static final int AT_HAND = 256;

    private static final Map<String, DateTimeFormatter> KNOWN = new ConcurrentHashMap<>();

    private Formats() {}

    private static DateTimeFormatter of(String pattern) {
        DateTimeFormatter known = KNOWN.get(pattern);
        if (known != null) {
            return known;
        }
        try {
            DateTimeFormatter made =
                    new DateTimeFormatterBuilder().appendPattern(pattern).toFormatter(Locale.ROOT);
            if (KNOWN.size() < AT_HAND) {
                KNOWN.put(pattern, made);
            }
            return made;
        } catch (IllegalArgumentException e) {
            throw new EvaluationFailure("`'" + pattern + "'` is no pattern for dates and times");
        }
    }

    /** A pattern that is written out is one, or nothing is compiled. */
    static void requireReadable(List<Typed> arguments, int index) throws NotApplicable {
        if (arguments.size() > index
                && arguments.get(index).constant()
                && arguments.get(index).value() instanceof String pattern) {
            try {
                of(pattern);
            } catch (EvaluationFailure failure) {
                throw NotApplicable.because(failure.sentence()).at(index);
            }
        }
    }

    static Rule checked(int index, Rule rule) {
        return arguments -> {
            requireReadable(arguments, index);
            return rule.resolve(arguments);
        };
    }

    static String print(LocalDateTime time, String pattern) {
        try {
            return of(pattern).format(time);
        } catch (DateTimeException e) {
            throw new EvaluationFailure("a timestamp can't be written as `'" + pattern + "'`");
        }
    }

    static @Nullable LocalDateTime timestamp(String text, String pattern) {
        try {
            TemporalAccessor parsed = of(pattern).parse(text);
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null) {
                date = LocalDate.of(
                        part(parsed, ChronoField.YEAR, 1970), part(parsed, ChronoField.MONTH_OF_YEAR, 1), 1);
            }
            return date.atTime(
                            part(parsed, ChronoField.HOUR_OF_DAY, 0),
                            part(parsed, ChronoField.MINUTE_OF_HOUR, 0),
                            part(parsed, ChronoField.SECOND_OF_MINUTE, 0),
                            part(parsed, ChronoField.NANO_OF_SECOND, 0))
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int part(TemporalAccessor parsed, ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }

    static @Nullable LocalDate date(String text, String pattern) {
        LocalDateTime time = timestamp(text, pattern);
        return time == null ? null : time.toLocalDate();
    }

    static @Nullable Long seconds(String text, String pattern) {
        LocalDateTime time = timestamp(text, pattern);
        return time == null ? null : (Long) time.toEpochSecond(ZoneOffset.UTC);
    }

    static String ofSeconds(long seconds, String pattern) {
        try {
            return print(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC), pattern);
        } catch (DateTimeException e) {
            throw new EvaluationFailure("no date is `" + seconds + "` seconds from 1970");
        }
    }

    static OffsetDateTime instant(long count, int digits) {
        ChronoUnit unit =
                switch (digits) {
                    case 0 -> ChronoUnit.SECONDS;
                    case 3 -> ChronoUnit.MILLIS;
                    case 6 -> ChronoUnit.MICROS;
                    default -> throw new EvaluationFailure(
                            "`to_timestamp_ltz` counts in 0, 3 or 6 digits behind the second, not in " + digits);
                };
        try {
            return Instant.EPOCH.plus(count, unit).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException | ArithmeticException e) {
            throw new EvaluationFailure("no date is `" + count + "` units from 1970");
        }
    }
}

package dev.firn.quality.expression.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as dates and times, in the forms that SQL writes them; what is below a microsecond is cut off. */
final class Times {

    private static final String DAY = "([+-]?\\d{1,9})-(\\d{1,2})-(\\d{1,2})";
    private static final String CLOCK = "(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{0,9}))?)?";
    private static final Pattern DATE = Pattern.compile(DAY + "(?:[ T].*)?");
    private static final Pattern TIME = Pattern.compile(CLOCK);
    private static final Pattern TIMESTAMP = Pattern.compile(DAY + "(?:[ T]" + CLOCK + ")?");
    private static final Pattern INSTANT = Pattern.compile("(.*?) ?(Z|[+-]\\d{2}:?\\d{2})");

    private Times() {}

    static Optional<LocalDate> parseDate(String text) {
        Matcher matcher = DATE.matcher(text);
        return matcher.matches() ? date(matcher) : Optional.empty();
    }

    static Optional<LocalTime> parseTime(String text) {
        Matcher matcher = TIME.matcher(text);
        return matcher.matches() ? time(matcher, 1) : Optional.empty();
    }

    static Optional<LocalDateTime> parseTimestamp(String text) {
        Matcher matcher = TIMESTAMP.matcher(text);
        return matcher.matches()
                ? date(matcher).flatMap(date -> time(matcher, 4).map(date::atTime))
                : Optional.empty();
    }

    /** Without an offset, in UTC. */
    static Optional<OffsetDateTime> parseInstant(String text) {
        Matcher matcher = INSTANT.matcher(text);
        if (!matcher.matches() || parseTimestamp(matcher.group(1)).isEmpty()) {
            return parseTimestamp(text).map(timestamp -> timestamp.atOffset(ZoneOffset.UTC));
        }
        try {
            ZoneOffset offset = ZoneOffset.of(matcher.group(2));
            return parseTimestamp(matcher.group(1))
                    .map(timestamp -> timestamp.atOffset(offset).withOffsetSameInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(Matcher matcher) {
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalTime> time(Matcher matcher, int group) {
        if (matcher.group(group) == null) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        try {
            int second = matcher.group(group + 2) == null ? 0 : Integer.parseInt(matcher.group(group + 2));
            String fraction = matcher.group(group + 3) == null ? "" : matcher.group(group + 3);
            int micros = Integer.parseInt((fraction + "000000").substring(0, 6));
            return Optional.of(LocalTime.of(
                    Integer.parseInt(matcher.group(group)),
                    Integer.parseInt(matcher.group(group + 1)),
                    second,
                    micros * 1000));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

package dev.firn.definition.bind;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time or a size in other people's notation, in ours. */
final class QuantityMend {

    private static final List<Map.Entry<String, Long>> TIMES = List.of(
            Map.entry("d", 86_400_000L),
            Map.entry("h", 3_600_000L),
            Map.entry("m", 60_000L),
            Map.entry("s", 1000L),
            Map.entry("ms", 1L));
    private static final List<Map.Entry<String, Long>> SIZES =
            List.of(Map.entry("GiB", 1L << 30), Map.entry("MiB", 1L << 20), Map.entry("KiB", 1L << 10));

    private static final Map<String, Long> TIME_WORDS = Map.ofEntries(
            Map.entry("ms", 1L),
            Map.entry("milli", 1L),
            Map.entry("milliseconds", 1L),
            Map.entry("millisecond", 1L),
            Map.entry("millis", 1L),
            Map.entry("s", 1000L),
            Map.entry("sec", 1000L),
            Map.entry("secs", 1000L),
            Map.entry("second", 1000L),
            Map.entry("seconds", 1000L),
            Map.entry("m", 60_000L),
            Map.entry("min", 60_000L),
            Map.entry("mins", 60_000L),
            Map.entry("minute", 60_000L),
            Map.entry("minutes", 60_000L),
            Map.entry("h", 3_600_000L),
            Map.entry("hr", 3_600_000L),
            Map.entry("hrs", 3_600_000L),
            Map.entry("hour", 3_600_000L),
            Map.entry("hours", 3_600_000L),
            Map.entry("d", 86_400_000L),
            Map.entry("day", 86_400_000L),
            Map.entry("days", 86_400_000L),
            Map.entry("w", 604_800_000L),
            Map.entry("week", 604_800_000L),
            Map.entry("weeks", 604_800_000L));

    /** Many say MB and mean MiB; Firn counts in the latter. */
    private static final Map<String, Long> SIZE_WORDS = Map.ofEntries(
            Map.entry("k", 1L << 10),
            Map.entry("kb", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("ki", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("mb", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("mi", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gb", 1L << 30),
            Map.entry("gib", 1L << 30),
            Map.entry("gi", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("tb", 1L << 40),
            Map.entry("tib", 1L << 40),
            Map.entry("ti", 1L << 40));

    private static final Pattern PART = Pattern.compile("\\G\\s*([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([A-Za-z]+)\\s*");
    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?");

    private QuantityMend() {}

    /** The same quantity as Firn writes it; empty where nobody can tell what is meant. */
    static Optional<String> of(String text, Set<String> units) {
        boolean time = units.contains("s");
        Optional<BigDecimal> amount = sum(text, time ? TIME_WORDS : SIZE_WORDS);
        if (time) {
            amount = amount.or(() -> iso(text)).or(() -> clock(text));
        }
        return amount.flatMap(total -> written(total, time ? TIMES : SIZES));
    }

    /** A number alone means one thing to one tool, and another to the next. */
    static Optional<String> withoutUnit(String number, Set<String> units) {
        if (units.contains("s")) {
            return Optional.of(
                    "say what is counted: `" + number + "s` for seconds, `" + number + "ms` for milliseconds");
        }
        return written(new BigDecimal(number), SIZES).map(size -> "write `" + size + "` if these are bytes");
    }

    private static Optional<BigDecimal> sum(String text, Map<String, Long> words) {
        Matcher part = PART.matcher(text);
        BigDecimal total = BigDecimal.ZERO;
        int end = 0;
        while (part.find()) {
            Long worth = words.get(part.group(2).toLowerCase(Locale.ROOT));
            if (worth == null) {
                return Optional.empty();
            }
            total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(worth)));
            end = part.end();
        }
        return end > 0 && end == text.length() ? Optional.of(total) : Optional.empty();
    }

    private static Optional<BigDecimal> iso(String text) {
        try {
            return Optional.of(BigDecimal.valueOf(Duration.parse(text).toMillis()));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> clock(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (!clock.matches()) {
            return Optional.empty();
        }
        long seconds = clock.group(3) == null ? 0 : Long.parseLong(clock.group(3));
        long minutes = Long.parseLong(clock.group(1)) * 60 + Long.parseLong(clock.group(2));
        // Without seconds it may be hours and minutes, or minutes and seconds.
        return clock.group(3) == null
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf((minutes * 60 + seconds) * 1000));
    }

    private static Optional<String> written(BigDecimal total, List<Map.Entry<String, Long>> units) {
        return total.signum() <= 0
                ? Optional.empty()
                : units.stream()
                        .filter(unit -> total.remainder(BigDecimal.valueOf(unit.getValue()))
                                        .signum()
                                == 0)
                        .findFirst()
                        .map(unit -> total.divide(BigDecimal.valueOf(unit.getValue()))
                                        .toBigInteger()
                                + unit.getKey());
    }
}

package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit: times and sizes. */
final class Quantities {

    static final String TIME = "a time such as `500ms`, `10s`, `5m`, `1h`, `2d`";
    static final String SIZE = "a size such as `64KiB`, `256MiB`, `50GiB`";

    static final String SHARE = "a share such as `20%`, `0.5%`";

    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})(?:\\.([0-9]{1,2}))?%");

    /** Flink and Kafka count in milliseconds. */
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+)([A-Za-z]*)");
    private static final Map<String, LongFunction<Duration>> TIMES = Map.of(
            "ms", Duration::ofMillis,
            "s", Duration::ofSeconds,
            "m", Duration::ofMinutes,
            "h", Duration::ofHours,
            "d", Duration::ofDays);
    private static final Map<String, LongFunction<ByteSize>> SIZES = Map.of(
            "KiB", ByteSize::ofKibibytes,
            "MiB", ByteSize::ofMebibytes,
            "GiB", ByteSize::ofGibibytes);

    private Quantities() {}

    static Duration duration(String text) throws Refusal {
        Duration duration = quantity(text, TIMES, "time");
        if (duration.compareTo(LONGEST) > 0) {
            throw tooGreat("time");
        }
        return duration;
    }

    static ByteSize byteSize(String text) throws Refusal {
        return quantity(text, SIZES, "size");
    }

    static Share share(String text) throws Refusal {
        Matcher matcher = PERCENT.matcher(text);
        if (!matcher.matches()) {
            Refusal refusal = Refusal.of(DefinitionCode.WRONG_TYPE, "is not a share");
            throw text.matches("[0-9]{1,2}|100") ? refusal.fixedBy(Optional.of("write `" + text + "%`")) : refusal;
        }
        String fraction = Optional.ofNullable(matcher.group(2)).orElse("");
        int basisPoints = Integer.parseInt(matcher.group(1) + (fraction + "00").substring(0, 2));
        if (basisPoints > Share.WHOLE) {
            throw Refusal.of(DefinitionCode.INVALID_VALUE, "is more than the whole")
                    .expecting("at most `100%`");
        }
        return new Share(basisPoints);
    }

    private static <T> T quantity(String text, Map<String, LongFunction<T>> units, String what) throws Refusal {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw Refusal.of(DefinitionCode.WRONG_TYPE, "is not a " + what)
                    .fixedBy(QuantityMend.of(text, units.keySet()).map(right -> "write `" + right + "`"));
        }
        String unit = matcher.group(2);
        LongFunction<T> of = units.get(unit);
        if (of == null) {
            throw Refusal.of(
                            DefinitionCode.INVALID_VALUE,
                            unit.isEmpty() ? "has no unit" : "has the unknown unit `" + unit + "`")
                    .fixedBy(
                            unit.isEmpty()
                                    ? QuantityMend.withoutUnit(text, units.keySet())
                                    : QuantityMend.of(text, units.keySet()).map(right -> "write `" + right + "`"));
        }
        try {
            return of.apply(Long.parseLong(matcher.group(1)));
        } catch (ArithmeticException | NumberFormatException e) {
            throw tooGreat(what);
        }
    }

    private static Refusal tooGreat(String what) {
        return Refusal.of(DefinitionCode.INVALID_VALUE, "is too great a " + what);
    }
}

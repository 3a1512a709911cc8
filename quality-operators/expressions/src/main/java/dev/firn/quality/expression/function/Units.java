package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Dates, times and timestamps, cut, moved and taken apart in units. An instant is looked at in UTC. */
final class Units {

    private Units() {}

    /** The number of a unit in a date, a time or a timestamp. */
    static Typed extract(String name, String word, Typed time, int index) throws NotApplicable {
        Evaluator evaluator = local(name, time, index, true).evaluator();
        ToLongFunction<LocalDateTime> code = field(name, word);
        return Typed.of(Primitive.LONG, time.nullability(), row -> {
            Object one = evaluator.of(row);
            return one == null ? null : (Long) code.applyAsLong((LocalDateTime) one);
        });
    }

    private static ToLongFunction<LocalDateTime> field(String name, String word) throws NotApplicable {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "DOY", "DAYOFYEAR" -> LocalDateTime::getDayOfYear;
            case "DOW", "DAYOFWEEK" -> time -> time.getDayOfWeek().getValue() % 7 + 1;
            case "DAYOFMONTH" -> LocalDateTime::getDayOfMonth;
            case "EPOCH" -> time -> time.toEpochSecond(ZoneOffset.UTC);
            case "MILLISECOND" -> time -> time.getLong(ChronoField.MILLI_OF_SECOND);
            case "MICROSECOND" -> time -> time.getLong(ChronoField.MICRO_OF_SECOND);
            default -> {
                Unit unit = unit(name, word);
                yield unit::of;
            }
        };
    }

    /** `floor(t to unit)` and `ceil(t to unit)`: of the type that the time has. */
    static Typed cut(String name, List<Typed> arguments, boolean up) throws NotApplicable {
        Unit unit = unit(name, String.valueOf(arguments.get(1).value()));
        Typed time = arguments.get(0);
        if (time.is(Primitive.DATE) && unit.isWithinADay()) {
            throw NotApplicable.because("`" + name + "` can't cut a date to hours")
                    .at(0);
        }
        return mapped(name, time, up ? unit::ceil : unit::floor);
    }

    static Typed plus(String name, String word, Typed count, Typed time) throws NotApplicable {
        Unit unit = unit(name, word);
        Typed whole = Conversion.convert(count, Primitive.LONG).orElseThrow(() -> NotApplicable.because(
                        "`" + name + "` takes a whole number of units, not `" + count.word() + "`")
                .at(1));
        boolean stays = !time.is(Primitive.DATE) || !unit.isWithinADay();
        ColumnType type = stays ? time.type().orElse(Primitive.TIMESTAMP) : Primitive.TIMESTAMP;
        Evaluator start = local(name, time, 2, false).evaluator();
        Evaluator number = whole.evaluator();
        return Typed.of(type, Typed.any(List.of(count, time)), row -> {
            Object one = start.of(row);
            Object units = number.of(row);
            return (one == null || units == null) ? null : in(type, moved((LocalDateTime) one, unit, (Long) units));
        });
    }

    private static LocalDateTime moved(LocalDateTime time, Unit unit, long count) {
        try {
            return unit.plus(time, count);
        } catch (DateTimeException | ArithmeticException e) {
            throw new EvaluationFailure("there is no date so far from " + time.toLocalDate());
        }
    }

    static Typed between(String name, String word, Typed start, Typed end) throws NotApplicable {
        Unit unit = unit(name, word);
        Evaluator first = local(name, start, 1, false).evaluator();
        Evaluator second = local(name, end, 2, false).evaluator();
        return Typed.of(Primitive.INT, Typed.any(List.of(start, end)), row -> {
            Object one = first.of(row);
            Object other = second.of(row);
            return (one == null || other == null)
                    ? null
                    : Numbers.of(unit.between((LocalDateTime) one, (LocalDateTime) other), Primitive.INT);
        });
    }

    /** A later or, with negative numbers, an earlier time; of the type that the time has. */
    static Typed shifted(String sign, Typed time, long months, long micros) throws NotApplicable {
        if (time.is(Primitive.DATE) && micros % 86_400_000_000L != 0) {
            throw NotApplicable.because("`" + sign + "` can't move a date by less than a day")
                    .at(0)
                    .fixedBy("make it a timestamp: `cast(... as timestamp)`");
        }
        return mapped(sign, time, start -> {
            try {
                return start.plusMonths(months)
                        .plusNanos(Math.multiplyExact(micros % 86_400_000_000L, 1_000L))
                        .plusDays(micros / 86_400_000_000L);
            } catch (DateTimeException | ArithmeticException e) {
                throw new EvaluationFailure("there is no date so far from " + start.toLocalDate());
            }
        });
    }

    private static Typed mapped(String name, Typed time, UnaryOperator<LocalDateTime> code) throws NotApplicable {
        Evaluator local = local(name, time, 0, false).evaluator();
        ColumnType type = time.type().orElse(Primitive.TIMESTAMP);
        return Typed.of(type, time.nullability(), row -> {
            Object one = local.of(row);
            return one == null ? null : in(type, code.apply((LocalDateTime) one));
        });
    }

    private static Object in(ColumnType type, LocalDateTime time) {
        if (type == Primitive.DATE) {
            return time.toLocalDate();
        }
        return type == Primitive.TIMESTAMPTZ ? (Object) time.atOffset(ZoneOffset.UTC) : time;
    }

    static Typed local(String name, Typed time, int index, boolean clocks) throws NotApplicable {
        ColumnType type = time.type().orElse(Primitive.TIMESTAMP);
        if (!Types.isDay(type) && !(clocks && type == Primitive.TIME)) {
            NotApplicable complaint = NotApplicable.because(
                            "`" + name + "` takes a date or a timestamp, not `" + type + "`")
                    .at(index);
            throw type == Primitive.STRING
                    ? complaint.fixedBy("convert the text: `cast(... as timestamp)`")
                    : complaint;
        }
        Evaluator evaluator = time.evaluator();
        return Typed.of(Primitive.TIMESTAMP, time.nullability(), row -> {
            Object one = evaluator.of(row);
            return one == null ? null : local(one);
        });
    }

    private static LocalDateTime local(Object time) {
        if (time instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (time instanceof LocalTime clock) {
            return clock.atDate(LocalDate.EPOCH);
        }
        return time instanceof OffsetDateTime instant
                ? instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : (LocalDateTime) time;
    }

    private static Unit unit(String name, String word) throws NotApplicable {
        Optional<Unit> unit = Unit.named(word);
        return unit.orElseThrow(() -> NotApplicable.because("`" + name + "` knows no unit `" + word + "`")
                .expecting("one of "
                        + Arrays.stream(Unit.values())
                                .map(known -> "`" + known.name().toLowerCase(Locale.ROOT) + "`")
                                .collect(Collectors.joining(", "))));
    }
}

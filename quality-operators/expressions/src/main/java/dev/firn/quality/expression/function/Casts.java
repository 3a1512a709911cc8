package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From one type to another because the expression says so. */
final class Casts {

    static final Group GROUP = new Group(
            "Conversion",
            List.of(
                    Function.of(
                                    "cast",
                                    "cast(a as type)",
                                    "The value in another type; fails where it is none of that type. Types: `boolean`, `int`, `bigint`, `float`,"
                                            + " `double`, `decimal(p, s)`, `string`, `varchar(n)`, `bytes`, `date`, `time`, `timestamp`,"
                                            + " `timestamp with local time zone`, `uuid`.",
                                    arguments -> cast("cast", arguments, false))
                            .shown("cast('12.345' as decimal(10, 2))", "12.35")
                            .shown("cast(1.9 as int)", "1"),
                    Function.of(
                                    "try_cast",
                                    "try_cast(a as type)",
                                    "As `cast`, and null where that fails.",
                                    arguments -> cast("try_cast", arguments, true))
                            .shown("try_cast('twelve' as int)", "NULL")
                            .neverFailing()));

    private Casts() {}

    /** @param arguments the value, a constant of the wanted type, and for a `varchar` its length */
    private static Typed cast(String name, List<Typed> arguments, boolean lenient) throws NotApplicable {
        Typed value = arguments.get(0);
        ColumnType to = arguments.get(1).type().orElseThrow();
        if (value.type().isEmpty()) {
            return Typed.constant(to, null);
        }
        ColumnType from = value.type().orElseThrow();
        Conversion conversion = between(from, to)
                .orElseThrow(() -> NotApplicable.because("`" + name + "` can't make `" + to + "` of `" + from + "`")
                        .at(0));
        Evaluator evaluator = value.evaluator();
        int length = arguments.size() > 2
                ? (Integer) Optional.ofNullable(arguments.get(2).value()).orElseThrow()
                : -1;
        Conversion whole = length < 0 ? conversion : one -> Texts.left((String) conversion.of(one), length);
        Nullability nullability = lenient ? Nullability.OPTIONAL : value.nullability();
        return Typed.of(
                to,
                nullability,
                lenient
                        ? orNull(evaluator, whole)
                        : row -> {
                            Object one = evaluator.of(row);
                            return one == null ? null : whole.of(one);
                        });
    }

    private static Evaluator orNull(Evaluator evaluator, Conversion conversion) {
        return row -> {
            Object one = evaluator.of(row);
            try {
                return one == null ? null : conversion.of(one);
            } catch (EvaluationFailure none) {
                return null;
            }
        };
    }

    static Optional<Conversion> between(ColumnType from, ColumnType to) {
        Optional<Conversion> implicit = Conversion.implicit(from, to);
        if (implicit.isPresent()) {
            return implicit;
        }
        if (from == Primitive.STRING) {
            return Types.isNested(to) ? Optional.empty() : Optional.of(text -> parse((String) text, to));
        }
        if (to == Primitive.STRING) {
            return Types.isNested(from) ? Optional.empty() : Optional.of(value -> Printed.of(value, from));
        }
        if (from == Primitive.BOOLEAN && Types.isNumeric(to)) {
            return Optional.of(value -> Numbers.of(((Boolean) value) ? 1 : 0, to));
        }
        if (to == Primitive.BOOLEAN && Types.isNumeric(from)) {
            return Optional.of(value -> Numbers.signum(value) != 0);
        }
        if (Types.isNumeric(from) && Types.isNumeric(to)) {
            return Optional.of(value -> Numbers.of(value, to));
        }
        return days(from, to);
    }

    private static Optional<Conversion> days(ColumnType from, ColumnType to) {
        if (from == Primitive.TIMESTAMPTZ && to != Primitive.TIMESTAMPTZ) {
            Conversion local = value -> ((OffsetDateTime) value)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
            return to == Primitive.TIMESTAMP
                    ? Optional.of(local)
                    : days(Primitive.TIMESTAMP, to).map(next -> value -> next.of(local.of(value)));
        }
        if (from != Primitive.TIMESTAMP) {
            return Optional.empty();
        }
        if (to == Primitive.DATE) {
            return Optional.of(value -> ((LocalDateTime) value).toLocalDate());
        }
        return to == Primitive.TIME ? Optional.of(value -> ((LocalDateTime) value).toLocalTime()) : Optional.empty();
    }

    /** An instant as the timestamp that a clock in UTC shows. */
    static Typed inUtc(Typed instant) {
        Conversion local = days(Primitive.TIMESTAMPTZ, Primitive.TIMESTAMP).orElseThrow();
        Evaluator evaluator = instant.evaluator();
        return Typed.of(Primitive.TIMESTAMP, instant.nullability(), row -> {
            Object one = evaluator.of(row);
            return one == null ? null : local.of(one);
        });
    }

    static boolean exists(Optional<ColumnType> from, String word) {
        return from.isPresent()
                && java.util.Arrays.stream(Primitive.values())
                        .filter(type -> type.toString().equals(word))
                        .anyMatch(type -> between(from.orElseThrow(), type).isPresent());
    }

    /** @throws EvaluationFailure where the text is no value of the type */
    static Object parse(String text, ColumnType type) {
        Object value = parsed(text.trim(), text, type);
        if (value == null) {
            throw new EvaluationFailure("`'" + shortened(text) + "'` is no " + type);
        }
        return value;
    }

    private static @Nullable Object parsed(String trimmed, String text, ColumnType type) {
        if (type instanceof Decimal decimal) {
            return Numbers.parseDecimal(trimmed)
                    .map(value -> Decimals.fit(value, decimal))
                    .orElse(null);
        }
        if (type instanceof ColumnType.Fixed fixed) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return bytes.length == fixed.length() ? bytes : null;
        }
        if (!(type instanceof Primitive primitive)) {
            return null;
        }
        return switch (primitive) {
            case BOOLEAN -> Numbers.parseBoolean(trimmed).orElse(null);
            case INT, LONG -> Numbers.parseInteger(trimmed)
                    .map(value -> Numbers.of(value, type))
                    .orElse(null);
            case FLOAT, DOUBLE -> Numbers.parseDouble(trimmed)
                    .map(value -> Numbers.of(value, type))
                    .orElse(null);
            case STRING -> text;
            case BINARY -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            case DATE -> Times.parseDate(trimmed).orElse(null);
            case TIME -> Times.parseTime(trimmed).orElse(null);
            case TIMESTAMP -> Times.parseTimestamp(trimmed).orElse(null);
            case TIMESTAMPTZ -> Times.parseInstant(trimmed).orElse(null);
            case UUID -> uuid(trimmed);
        };
    }

    private static @Nullable UUID uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") ? UUID.fromString(text) : null;
    }

    /** How texts of a type look. */
    static String formOf(ColumnType type) {
        if (type == Primitive.DATE) {
            return "a date as `'2026-01-31'`";
        }
        if (type == Primitive.TIME) {
            return "a time as `'23:59:59.999999'`";
        }
        return type == Primitive.UUID
                ? "a uuid as `'00112233-4455-6677-8899-aabbccddeeff'`"
                : "a timestamp as `'2026-01-31 23:59:59.999999'`";
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : Texts.left(text, 40) + "...";
    }
}

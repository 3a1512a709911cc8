package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** From a value that is not null to one of another type. */
@FunctionalInterface
interface Conversion {

    Conversion NONE = value -> value;

    Object of(Object value);

    /** One that happens by itself: to a type with room for the value; a double takes every number, as in SQL. */
    static Optional<Conversion> implicit(ColumnType from, ColumnType to) {
        if (from.equals(to)) {
            return Optional.of(NONE);
        }
        if (to == Primitive.LONG && from == Primitive.INT) {
            return Optional.of(value -> ((Number) value).longValue());
        }
        if (to == Primitive.DOUBLE && Types.isNumeric(from)) {
            return Optional.of(value -> ((Number) value).doubleValue());
        }
        if (to == Primitive.FLOAT && Types.isInteger(from)) {
            return Optional.of(value -> ((Number) value).floatValue());
        }
        if (to instanceof Decimal decimal && Types.isExact(from)) {
            return Optional.of(value -> Decimals.fit(Decimals.exact(value), decimal));
        }
        if (to == Primitive.BINARY && from instanceof ColumnType.Fixed) {
            return Optional.of(value -> ByteBuffer.wrap((byte[]) value));
        }
        return betweenDays(from, to);
    }

    private static Optional<Conversion> betweenDays(ColumnType from, ColumnType to) {
        if (from == Primitive.DATE && to == Primitive.TIMESTAMP) {
            return Optional.of(value -> ((LocalDate) value).atStartOfDay());
        }
        if (from == Primitive.DATE && to == Primitive.TIMESTAMPTZ) {
            return Optional.of(value -> ((LocalDate) value).atStartOfDay().atOffset(ZoneOffset.UTC));
        }
        return from == Primitive.TIMESTAMP && to == Primitive.TIMESTAMPTZ
                ? Optional.of(value -> ((LocalDateTime) value).atOffset(ZoneOffset.UTC))
                : Optional.empty();
    }

    /** The part in another type, where that happens by itself; a constant is converted once. */
    static Optional<Typed> convert(Typed part, ColumnType to) {
        if (part.type().isEmpty()) {
            return Optional.of(Typed.constant(to, null));
        }
        Optional<Conversion> found = implicit(part.type().orElseThrow(), to);
        if (found.isEmpty() || found.orElseThrow() == NONE) {
            return found.map(none -> part);
        }
        Conversion conversion = found.orElseThrow();
        Evaluator evaluator = part.evaluator();
        Typed converted = new Typed(
                Optional.of(to),
                part.nullability(),
                row -> {
                    Object value = evaluator.of(row);
                    return value == null ? null : conversion.of(value);
                },
                part.constant());
        return Optional.of(part.constant() ? Typed.constant(to, converted.value()) : converted);
    }
}

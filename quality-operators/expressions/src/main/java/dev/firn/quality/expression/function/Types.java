package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Optional;

/** What types have to do with each other, as Flink SQL has it. */
final class Types {

    private Types() {}

    static boolean isInteger(ColumnType type) {
        return type == Primitive.INT || type == Primitive.LONG;
    }

    static boolean isExact(ColumnType type) {
        return isInteger(type) || type instanceof Decimal;
    }

    static boolean isFloating(ColumnType type) {
        return type == Primitive.FLOAT || type == Primitive.DOUBLE;
    }

    static boolean isNumeric(ColumnType type) {
        return isExact(type) || isFloating(type);
    }

    static boolean isBytes(ColumnType type) {
        return type == Primitive.BINARY || type instanceof ColumnType.Fixed;
    }

    static boolean isNested(ColumnType type) {
        return type instanceof ColumnType.Struct
                || type instanceof ColumnType.ListOf
                || type instanceof ColumnType.MapOf;
    }

    static boolean isDay(ColumnType type) {
        return type == Primitive.DATE || type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMPTZ;
    }

    /** The type that holds the values of both; empty where there is none. */
    static Optional<ColumnType> common(ColumnType one, ColumnType other) {
        if (one.equals(other)) {
            return Optional.of(one);
        }
        if (isNumeric(one) && isNumeric(other)) {
            return Optional.of(number(one, other));
        }
        if (isDay(one) && isDay(other)) {
            boolean instant = one == Primitive.TIMESTAMPTZ || other == Primitive.TIMESTAMPTZ;
            return Optional.of(instant ? Primitive.TIMESTAMPTZ : Primitive.TIMESTAMP);
        }
        return isBytes(one) && isBytes(other) ? Optional.of(Primitive.BINARY) : Optional.empty();
    }

    /** The type that holds the values of all, bare nulls left out; empty where there is none. */
    static Optional<ColumnType> common(List<Typed> parts) {
        Optional<ColumnType> common = Optional.empty();
        for (Typed part : parts) {
            if (part.type().isEmpty()) {
                continue;
            }
            ColumnType type = part.type().orElseThrow();
            common = common.isEmpty() ? Optional.of(type) : common(common.orElseThrow(), type);
            if (common.isEmpty()) {
                return common;
            }
        }
        return common;
    }

    private static ColumnType number(ColumnType one, ColumnType other) {
        if (isFloating(one) || isFloating(other)) {
            boolean narrow = one != Primitive.DOUBLE
                    && other != Primitive.DOUBLE
                    && !(one instanceof Decimal)
                    && !(other instanceof Decimal);
            return narrow ? Primitive.FLOAT : Primitive.DOUBLE;
        }
        if (isInteger(one) && isInteger(other)) {
            return Primitive.LONG;
        }
        return Decimals.common(Decimals.of(one), Decimals.of(other));
    }
}

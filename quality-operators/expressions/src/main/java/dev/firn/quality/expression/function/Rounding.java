package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Numbers with fewer digits. A whole number stays one of its type, and a double a double. */
final class Rounding {

    private Rounding() {}

    static Function function(String name, RoundingMode mode, String says) {
        return Function.of(name, name + "(x)", says, arguments -> {
            if (arguments.size() == 2 && arguments.get(1).is(Primitive.STRING)) {
                return Units.cut(name, arguments, mode == RoundingMode.CEILING);
            }
            Arguments.require(name, arguments, 1);
            ColumnType type = Mathematics.number(name, arguments.get(0), 0);
            ColumnType result = type instanceof Decimal decimal
                    ? new Decimal(Math.max(1, Math.min(Decimals.MOST_DIGITS, decimal.precision())), 0)
                    : type;
            return Typed.of(result, arguments.get(0).nullability(), each(arguments.get(0), 0, mode, result));
        });
    }

    static Function toDigits(String name, RoundingMode mode, String says) {
        return Function.of(name, name + "(x, n)", says, arguments -> {
            Arguments.require(name, arguments, 1, 2);
            ColumnType type = Mathematics.number(name, arguments.get(0), 0);
            if (arguments.size() == 1) {
                ColumnType result = type instanceof Decimal decimal ? rounded(decimal, 0) : type;
                return Typed.of(result, arguments.get(0).nullability(), each(arguments.get(0), 0, mode, result));
            }
            if (!arguments.get(1).is(Primitive.INT)) {
                throw NotApplicable.because("`" + name + "` takes its number of digits as `int`, not `"
                                + arguments.get(1).word() + "`")
                        .at(1);
            }
            boolean written = arguments.get(1).constant() && arguments.get(1).value() != null;
            if (type instanceof Decimal decimal && written) {
                int digits = ((Number) java.util.Objects.requireNonNull(
                                arguments.get(1).value()))
                        .intValue();
                ColumnType result = rounded(decimal, digits);
                return Typed.of(result, arguments.get(0).nullability(), each(arguments.get(0), digits, mode, result));
            }
            return Typed.of(type, Typed.any(arguments), byRow(arguments, mode, type));
        });
    }

    private static Decimal rounded(Decimal type, int digits) {
        int scale = Math.max(0, Math.min(digits, type.scale()));
        if (digits >= type.scale()) {
            return type;
        }
        return new Decimal(
                Math.max(1, Math.min(Decimals.MOST_DIGITS, type.precision() - type.scale() + scale + 1)), scale);
    }

    private static Evaluator each(Typed number, int digits, RoundingMode mode, ColumnType result) {
        Evaluator evaluator = number.evaluator();
        return row -> {
            Object value = evaluator.of(row);
            return value == null ? null : of(value, digits, mode, result);
        };
    }

    private static Evaluator byRow(List<Typed> arguments, RoundingMode mode, ColumnType type) {
        Evaluator number = arguments.get(0).evaluator();
        Evaluator digits = arguments.get(1).evaluator();
        return row -> {
            Object value = number.of(row);
            Object count = digits.of(row);
            return (value == null || count == null) ? null : of(value, (Integer) count, mode, type);
        };
    }

    private static Object of(Object value, int digits, RoundingMode mode, ColumnType type) {
        if (value instanceof Double || value instanceof Float) {
            return floating(((Number) value), digits, mode, type);
        }
        BigDecimal exact = Decimals.exact(value);
        return Numbers.of(exact.scale() <= digits ? exact : exact.setScale(Math.max(-99, digits), mode), type);
    }

    private static Object floating(Number value, int digits, RoundingMode mode, ColumnType type) {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            return value;
        }
        if (digits == 0 && mode == RoundingMode.FLOOR) {
            return Numbers.of(Math.floor(number), type);
        }
        if (digits == 0 && mode == RoundingMode.CEILING) {
            return Numbers.of(Math.ceil(number), type);
        }
        return Numbers.of(new BigDecimal(value.toString()).setScale(Math.max(-400, Math.min(400, digits)), mode), type);
    }
}

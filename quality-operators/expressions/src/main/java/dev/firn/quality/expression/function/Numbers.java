package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of one type as numbers of another, and texts as numbers. */
final class Numbers {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+(\\.\\d*)?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private Numbers() {}

    /** What is behind the point is cut off where the type has none; a decimal is rounded half up. */
    static Object of(Object number, ColumnType type) {
        if (type instanceof Decimal decimal) {
            return Decimals.fit(exact(number), decimal);
        }
        if (type == Primitive.DOUBLE) {
            return ((Number) number).doubleValue();
        }
        if (type == Primitive.FLOAT) {
            return ((Number) number).floatValue();
        }
        BigDecimal whole = exact(number).setScale(0, RoundingMode.DOWN);
        try {
            return type == Primitive.INT ? (Object) whole.intValueExact() : (Object) whole.longValueExact();
        } catch (ArithmeticException e) {
            throw new EvaluationFailure(
                    "`" + number + "` does not fit into " + (type == Primitive.INT ? "an int" : "a long"));
        }
    }

    static BigDecimal exact(Object number) {
        if (number instanceof Float || number instanceof Double) {
            double value = ((Number) number).doubleValue();
            if (!Double.isFinite(value)) {
                throw new EvaluationFailure("`" + value + "` is no number with digits");
            }
            return new BigDecimal(number.toString());
        }
        return Decimals.exact(number);
    }

    static int signum(Object number) {
        return number instanceof BigDecimal decimal
                ? decimal.signum()
                : (int) Math.signum(((Number) number).doubleValue());
    }

    static Optional<BigDecimal> parseDecimal(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** Flink SQL takes what is behind a point, too, and cuts it off. */
    static Optional<BigDecimal> parseInteger(String text) {
        return INTEGER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static Optional<Double> parseDouble(String text) {
        if (DECIMAL.matcher(text).matches() || text.matches("[+-]?(NaN|Infinity)")) {
            return Optional.of(Double.valueOf(text));
        }
        return Optional.empty();
    }

    static Optional<Boolean> parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "1" -> Optional.of(true);
            case "f", "false", "n", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}

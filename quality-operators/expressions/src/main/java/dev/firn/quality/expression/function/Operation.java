package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** One of the five, for each kind of number. A whole number that does not fit is a failure and never wraps around. */
enum Operation {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    OVER("/"),
    MODULO("%");

    /** More digits than any quotient keeps, so that the one rounding is the last. */
    private static final MathContext DIVISION = new MathContext(80, RoundingMode.HALF_UP);

    final String sign;

    Operation(String sign) {
        this.sign = sign;
    }

    ColumnType result(ColumnType one, ColumnType other) {
        if (!(one instanceof Decimal) && !(other instanceof Decimal)) {
            return Types.common(one, other).orElseThrow();
        }
        if (Types.isFloating(one) || Types.isFloating(other)) {
            return Primitive.DOUBLE;
        }
        Decimal left = Decimals.of(one);
        Decimal right = Decimals.of(other);
        return switch (this) {
            case PLUS, MINUS -> Decimals.sum(left, right);
            case TIMES -> Decimals.product(left, right);
            case OVER -> Decimals.quotient(left, right);
            case MODULO -> Decimals.remainder(left, right);
        };
    }

    Object of(int one, int other) {
        try {
            return switch (this) {
                case PLUS -> Math.addExact(one, other);
                case MINUS -> Math.subtractExact(one, other);
                case TIMES -> Math.multiplyExact(one, other);
                case OVER -> other == -1 ? Math.negateExact(one) : one / divisor(other);
                case MODULO -> other == -1 ? 0 : one % divisor(other);
            };
        } catch (ArithmeticException e) {
            throw tooLarge(one, other, "an int");
        }
    }

    Object of(long one, long other) {
        try {
            return switch (this) {
                case PLUS -> Math.addExact(one, other);
                case MINUS -> Math.subtractExact(one, other);
                case TIMES -> Math.multiplyExact(one, other);
                case OVER -> other == -1 ? Math.negateExact(one) : one / divisor(other);
                case MODULO -> other == -1 ? 0L : one % divisor(other);
            };
        } catch (ArithmeticException e) {
            throw tooLarge(one, other, "a long");
        }
    }

    Object of(float one, float other) {
        return switch (this) {
            case PLUS -> one + other;
            case MINUS -> one - other;
            case TIMES -> one * other;
            case OVER -> one / other;
            case MODULO -> one % other;
        };
    }

    Object of(double one, double other) {
        return switch (this) {
            case PLUS -> one + other;
            case MINUS -> one - other;
            case TIMES -> one * other;
            case OVER -> one / other;
            case MODULO -> one % other;
        };
    }

    Object of(BigDecimal one, BigDecimal other, Decimal type) {
        if ((this == OVER || this == MODULO) && other.signum() == 0) {
            throw byZero();
        }
        return Decimals.fit(
                switch (this) {
                    case PLUS -> one.add(other);
                    case MINUS -> one.subtract(other);
                    case TIMES -> one.multiply(other);
                    case OVER -> one.divide(other, DIVISION);
                    case MODULO -> one.remainder(other);
                },
                type);
    }

    private static int divisor(int other) {
        if (other == 0) {
            throw byZero();
        }
        return other;
    }

    private static long divisor(long other) {
        if (other == 0) {
            throw byZero();
        }
        return other;
    }

    private static EvaluationFailure byZero() {
        return new EvaluationFailure("division by zero");
    }

    private EvaluationFailure tooLarge(long one, long other, String type) {
        return new EvaluationFailure("`" + one + " " + sign + " " + other + "` does not fit into " + type);
    }
}

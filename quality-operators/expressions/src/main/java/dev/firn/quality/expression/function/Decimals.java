package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Precision and scale of what is computed from decimals: Flink SQL's rules, which are those of SQL Server. */
final class Decimals {

    static final int MOST_DIGITS = 38;
    private static final int LEAST_SCALE = 6;

    private Decimals() {}

    /** That holds every value of an exact type. */
    static Decimal of(ColumnType type) {
        if (type instanceof Decimal decimal) {
            return decimal;
        }
        return type == Primitive.INT ? new Decimal(10, 0) : new Decimal(19, 0);
    }

    static Decimal common(Decimal one, Decimal other) {
        int scale = Math.max(one.scale(), other.scale());
        return new Decimal(Math.min(MOST_DIGITS, wholeDigits(one, other) + scale), scale);
    }

    static Decimal sum(Decimal one, Decimal other) {
        int scale = Math.max(one.scale(), other.scale());
        return adjusted(wholeDigits(one, other) + scale + 1, scale);
    }

    static Decimal product(Decimal one, Decimal other) {
        return adjusted(one.precision() + other.precision() + 1, one.scale() + other.scale());
    }

    static Decimal quotient(Decimal one, Decimal other) {
        int scale = Math.max(LEAST_SCALE, one.scale() + other.precision() + 1);
        return adjusted(one.precision() - one.scale() + other.scale() + scale, scale);
    }

    static Decimal remainder(Decimal one, Decimal other) {
        int scale = Math.max(one.scale(), other.scale());
        return adjusted(Math.min(one.precision() - one.scale(), other.precision() - other.scale()) + scale, scale);
    }

    /** Rounded half up to the type's scale. */
    static BigDecimal fit(BigDecimal value, Decimal type) {
        BigDecimal scaled = value.scale() == type.scale() ? value : value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw new EvaluationFailure("`" + scaled.toPlainString() + "` has more digits than " + type);
        }
        return scaled;
    }

    /** The number as a decimal, of whatever exact type it is. */
    static BigDecimal exact(Object number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) number).longValue());
    }

    private static int wholeDigits(Decimal one, Decimal other) {
        return Math.max(one.precision() - one.scale(), other.precision() - other.scale());
    }

    /** Where there are too many digits, those behind the point go first, down to six. */
    private static Decimal adjusted(int precision, int scale) {
        if (precision <= MOST_DIGITS) {
            return new Decimal(Math.max(1, precision), scale);
        }
        int kept = Math.max(MOST_DIGITS - (precision - scale), Math.min(scale, LEAST_SCALE));
        return new Decimal(MOST_DIGITS, kept);
    }
}

package dev.firn.schema.infer;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A single value that is neither null nor has parts.
 *
 * @param measure what is least and greatest of its kind: the number, days, microseconds; 0 where there is none
 * @param number of more than 64 bits, or with a fraction; else null
 */
record Scalar(Kind kind, long measure, @Nullable BigDecimal number) {

    static final Scalar FALSE = new Scalar(Kind.BOOLEAN, 0, null);
    static final Scalar TRUE = new Scalar(Kind.BOOLEAN, 1, null);

    static Scalar of(Kind kind, long measure) {
        return new Scalar(kind, measure, null);
    }

    /** Of digits as JSON writes numbers. */
    static Scalar whole(String digits) {
        if (digits.length() < DIGITS_OF_EVERY_LONG) {
            return of(Kind.INTEGER, Long.parseLong(digits));
        }
        BigDecimal number = new BigDecimal(digits);
        return number.compareTo(LEAST) >= 0 && number.compareTo(GREATEST) <= 0
                ? of(Kind.INTEGER, number.longValueExact())
                : new Scalar(Kind.HUGE, 0, number);
    }

    /** Of a number as JSON writes those with a point or an exponent. */
    static Scalar fraction(String text) {
        try {
            return new Scalar(Kind.FRACTION, 0, new BigDecimal(text));
        } catch (NumberFormatException | ArithmeticException e) {
            return of(Kind.BEYOND, 0);
        }
    }

    private static final int DIGITS_OF_EVERY_LONG = 19;
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);
}

package dev.firn.schema.infer;

import dev.firn.schema.binding.ExactDouble;
import java.math.BigDecimal;

/** What is known of numbers that are not simply whole and of 64 bits. */
final class Digits {

    private BigDecimal least;
    private BigDecimal greatest;
    private long scale;
    private long before;
    private boolean isDouble = true;

    Digits(BigDecimal first) {
        this.least = first;
        this.greatest = first;
        look(first);
    }

    void add(BigDecimal number) {
        least = least.min(number);
        greatest = greatest.max(number);
        look(number);
    }

    private void look(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        scale = Math.max(scale, plain.scale());
        before = Math.max(before, digitsBefore(plain));
        isDouble = isDouble && ExactDouble.keeps(plain, number.doubleValue());
    }

    void addAll(Digits other) {
        least = least.min(other.least);
        greatest = greatest.max(other.greatest);
        scale = Math.max(scale, other.scale);
        before = Math.max(before, other.before);
        isDouble = isDouble && other.isDouble;
    }

    /** Of a number without zeros at its end, those in front of the point. */
    static long digitsBefore(BigDecimal number) {
        return number.signum() == 0 ? 0 : Math.max(0, (long) number.precision() - number.scale());
    }

    BigDecimal least() {
        return least;
    }

    BigDecimal greatest() {
        return greatest;
    }

    /** The most digits behind the point. */
    long scale() {
        return scale;
    }

    /** The most digits in front of it. */
    long before() {
        return before;
    }

    /** Whether there is a double for each that has all its digits. */
    boolean areDoubles() {
        return isDouble;
    }
}

package dev.firn.schema.binding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Whether a double is a number to all the digits that the number is written with. */
public final class ExactDouble {

    private ExactDouble() {}

    /**
     * Whether nothing of the number is lost.
     *
     * @param number without zeros at its end
     * @param nearest the double that is nearest to it
     */
    public static boolean keeps(BigDecimal number, double nearest) {
        if (number.signum() == 0 || nearest == 0 || Double.isInfinite(nearest)) {
            return number.signum() == 0;
        }
        BigDecimal printed = new BigDecimal(nearest).round(new MathContext(number.precision(), RoundingMode.HALF_EVEN));
        return printed.compareTo(number) == 0;
    }
}

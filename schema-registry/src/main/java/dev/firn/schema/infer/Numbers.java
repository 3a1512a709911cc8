package dev.firn.schema.infer;

import dev.firn.schema.infer.InferenceRules.Fractions;
import dev.firn.schema.infer.Kind.Family;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The type of numbers: long, for what fits into 32 bits today need not tomorrow; double, or decimal where one of them would be
 * rounded; string where no decimal has so many digits. None rounds a number.
 */
final class Numbers {

    private static final int MOST_DIGITS = 38;

    /** Whole numbers up to here are doubles, each of them. */
    private static final long EXACT_DOUBLES = 1L << 53;

    private Numbers() {}

    /** @param remark if the type is another one than the first number would have had */
    record Conclusion(Shape shape, Optional<String> remark) {}

    static Conclusion of(Place place, Fractions fractions) {
        Map<Kind, Seen> kinds = new EnumMap<>(Kind.class);
        place.kinds().forEach((kind, seen) -> {
            if (kind.family() == Family.NUMBER) {
                kinds.put(kind, seen);
            }
        });
        Shape shape = shape(place, kinds, fractions);
        boolean plain = kinds.size() == 1
                && (shape == Plain.DOUBLE
                        || shape.equals(Whole.LONG)
                        || (shape instanceof Shape.Decimal
                                && fractions == Fractions.DECIMAL
                                && kinds.containsKey(Kind.FRACTION)));
        return new Conclusion(
                shape,
                plain
                        ? Optional.empty()
                        : Optional.of(dev.firn.schema.infer.Conclusion.witnessed(kinds) + "; " + why(shape, kinds)));
    }

    private static Shape shape(Place place, Map<Kind, Seen> kinds, Fractions fractions) {
        Optional<Digits> digits = place.digits();
        if (kinds.containsKey(Kind.BEYOND)) {
            return Plain.STRING;
        }
        if (digits.isEmpty()) {
            return Whole.LONG;
        }
        Seen whole = kinds.get(Kind.INTEGER);
        boolean areDoubles = digits.get().areDoubles()
                && kinds.containsKey(Kind.FRACTION)
                && !kinds.containsKey(Kind.HUGE)
                && (whole == null || (whole.least() >= -EXACT_DOUBLES && whole.greatest() <= EXACT_DOUBLES));
        if (areDoubles && fractions == Fractions.DOUBLE) {
            return Plain.DOUBLE;
        }
        long before = Math.max(digits.get().before(), whole == null ? 0 : digitsBefore(whole));
        long scale = Math.max(0, digits.get().scale());
        if (before + scale <= MOST_DIGITS) {
            return new Shape.Decimal(MOST_DIGITS, (int) scale);
        }
        return areDoubles ? Plain.DOUBLE : Plain.STRING;
    }

    private static int digitsBefore(Seen whole) {
        return Math.max(digits(whole.least()), digits(whole.greatest()));
    }

    private static int digits(long number) {
        return Long.toString(number).replace("-", "").length();
    }

    private static String why(Shape shape, Map<Kind, Seen> kinds) {
        if (shape == Plain.DOUBLE) {
            return "double, which holds all of them";
        }
        if (shape instanceof Shape.Decimal decimal) {
            return "decimal(" + decimal.precision() + ", " + decimal.scale() + "), for "
                    + (kinds.containsKey(Kind.HUGE) || !kinds.containsKey(Kind.FRACTION)
                            ? "no other type holds all their digits"
                            : "a double would round one of them");
        }
        return "string, for no type of numbers holds all their digits";
    }
}

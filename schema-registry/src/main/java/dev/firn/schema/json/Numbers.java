package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.firn.schema.binding.ExactDouble;
import dev.firn.schema.binding.Excerpt;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.ColumnType;
import java.math.BigDecimal;

/** Readers of numbers, none of which rounds. */
final class Numbers {

    /** A double has as many at least, whatever the number, as long as it is neither huge nor tiny. */
    private static final int DIGITS_OF_EVERY_DOUBLE = 15;

    private static final int DIGITS_OF_A_LONG = 19;

    private Numbers() {}

    /** Whole numbers in 64 bits; {@code 1.0} and {@code 1e3} are whole. */
    static JsonValueReader wholes(String path) {
        return input -> whole(input, path, JsonType.Scalar.INTEGER.word());
    }

    /** @param type what the schema calls it */
    static long whole(JsonInput input, String path, String type) throws Rejected {
        if (input.token() == JsonToken.VALUE_NUMBER_INT) {
            if (!input.isLong(path)) {
                throw tooLong(path, input.text(path));
            }
            return input.number(path);
        }
        if (input.token() != JsonToken.VALUE_NUMBER_FLOAT) {
            throw input.mismatch(path, type);
        }
        BigDecimal number = decimal(path, input.text(path));
        if (digitsBefore(number) > DIGITS_OF_A_LONG) {
            throw tooLong(path, input.text(path));
        }
        if (number.scale() > 0) {
            throw input.mismatch(path, type);
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException beyond) {
            throw tooLong(path, input.text(path));
        }
    }

    private static Rejected tooLong(String path, String number) {
        return JsonInput.invalid(path, "is `" + Excerpt.of(number) + "`, which does not fit into 64 bits");
    }

    /** Doubles that are the number to all the digits that it is written with. */
    static JsonValueReader doubles(String path, JsonType type) {
        return input -> nearest(input, path, type.word());
    }

    /** @param type what the schema calls it */
    static double nearest(JsonInput input, String path, String type) throws Rejected {
        String text = number(input, path, type);
        double nearest = Double.parseDouble(text);
        if (!isSafe(text)
                && !text.equals(Double.toString(nearest))
                && !ExactDouble.keeps(decimal(path, text), nearest)) {
            throw JsonInput.invalid(
                    path, "is `" + Excerpt.of(text) + "`, which a double can't hold with all its digits");
        }
        return nearest;
    }

    /** The same for 32 bits. */
    static float nearestFloat(JsonInput input, String path, String type) throws Rejected {
        String text = number(input, path, type);
        float nearest = Float.parseFloat(text);
        if (!text.equals(Float.toString(nearest)) && !ExactDouble.keeps(decimal(path, text), nearest)) {
            throw JsonInput.invalid(
                    path, "is `" + Excerpt.of(text) + "`, which a float can't hold with all its digits");
        }
        return nearest;
    }

    private static String number(JsonInput input, String path, String type) throws Rejected {
        if (input.token() != JsonToken.VALUE_NUMBER_INT && input.token() != JsonToken.VALUE_NUMBER_FLOAT) {
            throw input.mismatch(path, type);
        }
        return input.text(path);
    }

    /** Short, and without an exponent: there is a double for each. */
    private static boolean isSafe(String text) {
        return text.length() <= DIGITS_OF_EVERY_DOUBLE && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }

    static JsonValueReader decimals(String path, JsonType type, ColumnType.Decimal column) {
        return input -> {
            String text = number(input, path, type.word());
            BigDecimal number = decimal(path, text);
            if (digitsBefore(number) > column.precision() - column.scale() || number.scale() > column.scale()) {
                throw new Rejected(
                        RejectCode.DECIMAL_OVERFLOW,
                        "`" + path + "` is `" + Excerpt.of(text) + "`, more digits than " + column + " has");
            }
            return number.setScale(column.scale());
        };
    }

    /** Without zeros at its end, so that its scale says how many digits are behind the point. */
    private static BigDecimal decimal(String path, String text) throws Rejected {
        try {
            return new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException | ArithmeticException e) {
            throw JsonInput.invalid(path, "is `" + Excerpt.of(text) + "`, whose exponent is beyond all numbers");
        }
    }

    private static long digitsBefore(BigDecimal number) {
        return number.signum() == 0 ? 0 : (long) number.precision() - number.scale();
    }
}

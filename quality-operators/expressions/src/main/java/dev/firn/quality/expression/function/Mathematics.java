package dev.firn.quality.expression.function;

import static dev.firn.quality.expression.function.Kind.DOUBLE;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Numbers made of numbers. */
final class Mathematics {

    static final Group GROUP = new Group("Numbers", functions());

    private Mathematics() {}

    private static List<Function> functions() {
        List<Function> functions = new ArrayList<>(List.of(
                Function.of(
                                "abs",
                                "abs(x)",
                                "Without its sign.",
                                arguments -> sameType("abs", arguments, Mathematics::absolute))
                        .shown("abs(-2.5)", "2.5"),
                Function.of(
                                "sign",
                                "sign(x)",
                                "-1, 0 or 1 in the type of the number.",
                                arguments -> sameType(
                                        "sign", arguments, (value, type) -> Numbers.of(Numbers.signum(value), type)))
                        .shown("sign(-7)", "-1"),
                Rounding.function("ceil", RoundingMode.CEILING, "The next whole number above it.")
                        .shown("ceil(1.2)", "2"),
                Rounding.function(
                                "floor",
                                RoundingMode.FLOOR,
                                "The next whole number below it; `floor(t to day)` cuts a time.")
                        .shown("floor(-1.2)", "-2"),
                Rounding.toDigits(
                                "round",
                                RoundingMode.HALF_UP,
                                "Rounded half up to `n` digits behind the point, or to none.")
                        .shown("round(2.345, 2)", "2.35"),
                Rounding.toDigits("truncate", RoundingMode.DOWN, "Cut to `n` digits behind the point, or to none.")
                        .shown("truncate(2.349, 2)", "2.34"),
                Arithmetic.modulo(),
                real("power", "power(x, y)", "`x` to the power of `y`.", Math::pow)
                        .shown("power(2, 10)", "1024.0"),
                real("sqrt", "The square root.", Math::sqrt).shown("sqrt(16)", "4.0"),
                real("exp", "e to the power of it.", Math::exp).shown("exp(0)", "1.0"),
                real("ln", "The natural logarithm.", Math::log).shown("ln(1)", "0.0"),
                real("log10", "The logarithm to the base 10.", Math::log10).shown("log10(1000)", "3.0"),
                real("log2", "The logarithm to the base 2.", x -> Math.log(x) / Math.log(2))
                        .shown("log2(8)", "3.0")));
        functions.addAll(List.of(
                real("sin", "The sine of an angle in radians.", Math::sin).shown("sin(0)", "0.0"),
                real("cos", "The cosine.", Math::cos).shown("cos(0)", "1.0"),
                real("tan", "The tangent.", Math::tan).shown("tan(0)", "0.0"),
                real("asin", "The angle whose sine it is.", Math::asin).shown("asin(0)", "0.0"),
                real("acos", "The angle whose cosine it is.", Math::acos).shown("acos(1)", "0.0"),
                real("atan", "The angle whose tangent it is.", Math::atan).shown("atan(0)", "0.0"),
                real("atan2", "atan2(y, x)", "The angle of the point.", Math::atan2)
                        .shown("atan2(0, 1)", "0.0"),
                real("degrees", "Radians as degrees.", Math::toDegrees).shown("degrees(0)", "0.0"),
                real("radians", "Degrees as radians.", Math::toRadians).shown("radians(0)", "0.0")));
        return functions;
    }

    /** What becomes of a number, given its type. */
    interface OfType {
        Object of(Object value, ColumnType type);
    }

    static Typed sameType(String name, List<Typed> arguments, OfType code) throws NotApplicable {
        Arguments.require(name, arguments, 1);
        ColumnType type = number(name, arguments.get(0), 0);
        Evaluator number = arguments.get(0).evaluator();
        return Typed.of(type, arguments.get(0).nullability(), row -> {
            Object value = number.of(row);
            return value == null ? null : code.of(value, type);
        });
    }

    static ColumnType number(String name, Typed argument, int index) throws NotApplicable {
        ColumnType type = argument.type().orElse(Primitive.INT);
        if (!Types.isNumeric(type)) {
            throw NotApplicable.because("`" + name + "` takes a number, not `" + type + "`")
                    .at(index);
        }
        return type;
    }

    private static Object absolute(Object value, ColumnType type) {
        if (type instanceof Decimal) {
            return ((BigDecimal) value).abs();
        }
        if (type == Primitive.DOUBLE) {
            return Math.abs((Double) value);
        }
        if (type == Primitive.FLOAT) {
            return Math.abs((Float) value);
        }
        BigDecimal whole = Decimals.exact(value).abs();
        return Numbers.of(whole, type);
    }

    private static Function real(String name, String says, DoubleUnaryOperator code) {
        return Function.of(
                        name,
                        name + "(x)",
                        says,
                        Signatures.of(name, Signature.of(DOUBLE, Primitive.DOUBLE, x -> code.applyAsDouble(x))))
                .neverFailing();
    }

    private static Function real(String name, String form, String says, DoubleBinaryOperator code) {
        return Function.of(
                        name,
                        form,
                        says,
                        Signatures.of(
                                name,
                                Signature.of(DOUBLE, DOUBLE, Primitive.DOUBLE, (x, y) -> code.applyAsDouble(x, y))))
                .neverFailing();
    }
}

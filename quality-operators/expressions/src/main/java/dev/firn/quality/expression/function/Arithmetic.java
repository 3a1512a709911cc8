package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums and products, in the type that Flink SQL gives them. */
final class Arithmetic {

    static final Group GROUP = new Group(
            "Arithmetic",
            List.of(
                    binary(Operation.PLUS, "a + b", "The sum. Of a date or a timestamp and an interval, a later one.")
                            .shown("0.10 + 0.2", "0.30")
                            .shown("date '2026-01-31' + interval '1' month", "2026-02-28"),
                    binary(
                                    Operation.MINUS,
                                    "a - b",
                                    "The difference. Of a date or a timestamp and an interval, an earlier one.")
                            .shown("1 - 3", "-2"),
                    binary(Operation.TIMES, "a * b", "The product.").shown("19.99 * 3", "59.97"),
                    binary(Operation.OVER, "a / b", "The quotient; of whole numbers without what is behind the point.")
                            .shown("7 / 2", "3")
                            .shown("7 / 2.0", "3.500000"),
                    binary(
                                    Operation.MODULO,
                                    "a % b",
                                    "What is left of a division, with the sign of the first; `mod(a, b)` is the same.")
                            .shown("-7 % 3", "-1"),
                    negated()));

    private Arithmetic() {}

    private static Function binary(Operation operation, String form, String says) {
        return Function.of(operation.sign, form, says, arguments -> {
            Arguments.require(operation.sign, arguments, 2);
            return resolve(operation, arguments.get(0), arguments.get(1));
        });
    }

    /** The function {@code mod}, which is the operator. */
    static Function modulo() {
        return Function.of("mod", "mod(a, b)", "What is left of a division; `a % b` is the same.", arguments -> {
                    Arguments.require("mod", arguments, 2);
                    return resolve(Operation.MODULO, arguments.get(0), arguments.get(1));
                })
                .shown("mod(7, 3)", "1");
    }

    private static Typed resolve(Operation operation, Typed one, Typed other) throws NotApplicable {
        List<Typed> arguments = List.of(one, other);
        ColumnType left = one.type().or(other::type).orElse(Primitive.INT);
        ColumnType right = other.type().or(one::type).orElse(Primitive.INT);
        if (!Types.isNumeric(left) || !Types.isNumeric(right)) {
            throw complaint(operation, arguments);
        }
        ColumnType type = operation.result(left, right);
        Evaluator evaluator;
        if (type instanceof Decimal decimal) {
            evaluator = pair(one, other, (a, b) -> operation.of(Decimals.exact(a), Decimals.exact(b), decimal));
        } else if (type == Primitive.INT) {
            evaluator = pair(one, other, (a, b) -> operation.of((int) (Integer) a, (int) (Integer) b));
        } else if (type == Primitive.LONG) {
            evaluator = pair(one, other, (a, b) -> operation.of(((Number) a).longValue(), ((Number) b).longValue()));
        } else if (type == Primitive.FLOAT) {
            evaluator = pair(one, other, (a, b) -> operation.of(((Number) a).floatValue(), ((Number) b).floatValue()));
        } else {
            evaluator =
                    pair(one, other, (a, b) -> operation.of(((Number) a).doubleValue(), ((Number) b).doubleValue()));
        }
        return Typed.of(type, Typed.any(arguments), evaluator);
    }

    private static NotApplicable complaint(Operation operation, List<Typed> arguments) {
        NotApplicable complaint =
                NotApplicable.because("`" + operation.sign + "` can't take " + Arguments.words(arguments));
        boolean text = arguments.stream().anyMatch(part -> part.is(Primitive.STRING));
        return text && operation == Operation.PLUS
                ? complaint.expecting("numbers").fixedBy("to join texts, write `||`")
                : complaint.expecting("numbers");
    }

    private static Evaluator pair(Typed one, Typed other, Code.Two<Object, Object> code) {
        Evaluator first = one.evaluator();
        Evaluator second = other.evaluator();
        return row -> {
            Object left = first.of(row);
            Object right = left == null ? null : second.of(row);
            return (left == null || right == null) ? null : code.of(left, right);
        };
    }

    private static Function negated() {
        return Function.of("-", "-a", "The number with the other sign.", arguments -> {
                    Typed number = arguments.get(0);
                    ColumnType type = number.type().orElse(Primitive.INT);
                    if (!Types.isNumeric(type)) {
                        throw complaint(Operation.MINUS, arguments);
                    }
                    Evaluator evaluator = number.evaluator();
                    return Typed.of(type, number.nullability(), row -> negated(evaluator.of(row)));
                })
                .shown("-(2 - 5)", "3");
    }

    private static @Nullable Object negated(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.negate();
        }
        if (value instanceof Double number) {
            return -number;
        }
        if (value instanceof Float number) {
            return -number;
        }
        return value instanceof Integer number
                ? (Object) Math.negateExact(number)
                : (Object) Math.negateExact((Long) value);
    }
}

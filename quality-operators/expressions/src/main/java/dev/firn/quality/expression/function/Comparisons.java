package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two values held against each other. */
final class Comparisons {

    static final Group GROUP = new Group(
            "Comparison",
            List.of(
                    comparison(Order.EQUAL, "a = b", "Whether two values are the same.")
                            .shown("1 = 1.0", "TRUE"),
                    comparison(Order.NOT_EQUAL, "a <> b", "Whether they differ; `!=` is the same.")
                            .shown("'a' <> 'b'", "TRUE"),
                    comparison(Order.LESS, "a < b", "Whether the first comes before the second.")
                            .shown("date '2026-01-31' < date '2026-02-01'", "TRUE"),
                    comparison(Order.AT_MOST, "a <= b", "Whether it comes before or is the same.")
                            .shown("2 <= 2", "TRUE"),
                    comparison(Order.GREATER, "a > b", "Whether it comes after.")
                            .shown("0.1 > 0", "TRUE"),
                    comparison(Order.AT_LEAST, "a >= b", "Whether it comes after or is the same.")
                            .shown("'b' >= 'a'", "TRUE"),
                    distinct("is distinct from", true, "Whether they differ, where null is a value like any other.")
                            .shown("null is distinct from 1", "TRUE"),
                    distinct("is not distinct from", false, "Whether they are the same, null and null included.")
                            .shown("cast(null as int) is not distinct from null", "TRUE")));

    private Comparisons() {}

    private static Function comparison(Order order, String form, String says) {
        return Function.of(order.sign, form, says, arguments -> {
                    Arguments.require(order.sign, arguments, 2);
                    Pair pair = Pair.align("`" + order.sign + "` can't compare", arguments);
                    return Typed.of(Primitive.BOOLEAN, Typed.any(arguments), comparing(order, order.sign, pair));
                })
                .neverFailing();
    }

    private static Function distinct(String name, boolean differ, String says) {
        return Function.of(name, "a " + name + " b", says, arguments -> {
                    Pair pair = Pair.align("`" + name + "` can't compare", arguments);
                    Ordering ordering = ordering(name, pair.type());
                    Evaluator first = pair.parts().get(0).evaluator();
                    Evaluator second = pair.parts().get(1).evaluator();
                    return Typed.of(Primitive.BOOLEAN, Nullability.REQUIRED, row -> {
                        Object one = first.of(row);
                        Object other = second.of(row);
                        boolean same =
                                (one == null || other == null) ? one == other : ordering.compare(one, other) == 0;
                        return same != differ;
                    });
                })
                .neverFailing();
    }

    static Ordering ordering(String name, ColumnType type) throws NotApplicable {
        return Ordering.of(type)
                .orElseThrow(() -> NotApplicable.because("`" + name + "` can't compare `" + type + "`"));
    }

    /** The frequent ones without a step in between: numbers and texts against what is written out. */
    static Evaluator comparing(Order order, String name, Pair pair) throws NotApplicable {
        Typed left = pair.parts().get(0);
        Typed right = pair.parts().get(1);
        Evaluator first = left.evaluator();
        Evaluator second = right.evaluator();
        ColumnType type = pair.type();
        Ordering ordering = ordering(name, type);
        Object constant = right.constant() ? right.value() : null;
        if (constant != null && Types.isInteger(type)) {
            return FastComparisons.withInteger(first, order, ((Number) constant).longValue());
        }
        if (constant != null && type == Primitive.STRING && order == Order.EQUAL) {
            return row -> {
                Object one = first.of(row);
                return one == null ? null : constant.equals(one);
            };
        }
        if (Types.isFloating(type)) {
            return row -> both(first.of(row), second, row, order);
        }
        return row -> {
            Object one = first.of(row);
            Object other = one == null ? null : second.of(row);
            return (one == null || other == null) ? null : order.holds(ordering.compare(one, other));
        };
    }

    private static @Nullable Boolean both(@Nullable Object one, Evaluator second, @Nullable Object[] row, Order order) {
        Object other = one == null ? null : second.of(row);
        return (one == null || other == null)
                ? null
                : order.holds(((Number) one).doubleValue(), ((Number) other).doubleValue());
    }
}

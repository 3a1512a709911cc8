package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a value is among others, or between two. */
final class Membership {

    static final Group GROUP = new Group(
            "Membership",
            List.of(
                    in(
                                    "in",
                                    true,
                                    "Whether it is one of the values; unknown where it is none of them and one of them is null.")
                            .shown("'PAID' in ('NEW', 'PAID')", "TRUE"),
                    in("not in", false, "Whether it is none of them.").shown("3 not in (1, 2)", "TRUE"),
                    between("between", true, "Whether it is neither below the lower nor above the upper bound.")
                            .shown("5 between 1 and 5", "TRUE"),
                    between("not between", false, "Whether it is outside of the bounds.")
                            .shown("0 not between 1 and 5", "TRUE")));

    private Membership() {}

    private static Function in(String name, boolean inside, String says) {
        return Function.of(name, "a " + name + " (b, c, ...)", says, arguments -> {
                    Pair pair = Pair.align("`" + name + "` can't compare", arguments);
                    return Typed.of(Primitive.BOOLEAN, Typed.any(arguments), among(name, pair, inside));
                })
                .neverFailing();
    }

    private static Evaluator among(String name, Pair pair, boolean inside) throws NotApplicable {
        Ordering ordering = Comparisons.ordering(name, pair.type());
        Evaluator value = pair.parts().get(0).evaluator();
        List<Typed> choices = pair.parts().subList(1, pair.parts().size());
        if (choices.stream().allMatch(Typed::constant) && hashes(pair.type())) {
            return inSet(value, choices, inside);
        }
        List<Evaluator> others = choices.stream().map(Typed::evaluator).toList();
        boolean floating = Types.isFloating(pair.type());
        return row -> {
            Object one = value.of(row);
            if (one == null) {
                return null;
            }
            boolean unknown = false;
            for (Evaluator choice : others) {
                Object other = choice.of(row);
                unknown |= other == null;
                if (other != null && (floating ? equal(one, other) : ordering.compare(one, other) == 0)) {
                    return inside;
                }
            }
            return unknown ? null : !inside;
        };
    }

    private static boolean equal(Object one, Object other) {
        return Order.EQUAL.holds(((Number) one).doubleValue(), ((Number) other).doubleValue());
    }

    private static Evaluator inSet(Evaluator value, List<Typed> choices, boolean inside) {
        Set<Object> known = new HashSet<>();
        boolean unknown = false;
        for (Typed choice : choices) {
            Optional.ofNullable(choice.value()).ifPresent(known::add);
            unknown |= choice.value() == null;
        }
        Boolean outside = unknown ? null : (Boolean) !inside;
        return row -> {
            Object one = value.of(row);
            return one == null ? null : known.contains(one) ? (Boolean) inside : outside;
        };
    }

    /** Whether values are equal exactly where {@code equals} says so. */
    private static boolean hashes(ColumnType type) {
        return type instanceof Primitive && !Types.isFloating(type);
    }

    private static Function between(String name, boolean inside, String says) {
        return Function.of(name, "a " + name + " b and c", says, arguments -> {
                    Typed value = arguments.get(0);
                    Order low = inside ? Order.AT_LEAST : Order.LESS;
                    Order high = inside ? Order.AT_MOST : Order.GREATER;
                    Typed lower = part(name, low, value, arguments.get(1));
                    Typed upper = part(name, high, value, arguments.get(2));
                    return Functions.named(inside ? "and" : "or").orElseThrow().resolve(List.of(lower, upper));
                })
                .neverFailing();
    }

    private static Typed part(String name, Order order, Typed value, Typed bound) throws NotApplicable {
        List<Typed> both = new ArrayList<>(List.of(value, bound));
        Pair pair = Pair.align("`" + name + "` can't compare", both);
        return Typed.of(Primitive.BOOLEAN, Typed.any(both), Comparisons.comparing(order, name, pair));
    }
}

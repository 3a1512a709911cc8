package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** SQL's logic of three values: true, false, and unknown, which is null. */
final class Logic {

    static final Group GROUP = new Group(
            "Logic",
            List.of(
                    connective("and", false, "True where both are, false where one is false, else unknown.")
                            .shown("true and null", "NULL")
                            .shown("false and cast(null as boolean)", "FALSE"),
                    connective("or", true, "True where one is, false where both are false, else unknown.")
                            .shown("true or null", "TRUE"),
                    Function.of("not", "not a", "The opposite; unknown stays unknown.", Logic::opposite)
                            .neverFailing()
                            .shown("not 1 > 2", "TRUE"),
                    test("is true", a -> a != null && a, "Whether it is true, and not unknown."),
                    test("is not true", a -> a == null || !a, "Whether it is false or unknown."),
                    test("is false", a -> a != null && !a, "Whether it is false, and not unknown."),
                    test("is not false", a -> a == null || a, "Whether it is true or unknown."),
                    test("is unknown", a -> a == null, "Whether it is neither true nor false."),
                    test("is not unknown", a -> a != null, "Whether it is true or false."),
                    nullTest("is null", true, "Whether there is no value.").shown("null is null", "TRUE"),
                    nullTest("is not null", false, "Whether there is a value.").shown("'' is not null", "TRUE")));

    private Logic() {}

    /** @param deciding the value that decides whatever the other side is */
    private static Function connective(String name, boolean deciding, String says) {
        return Function.of(name, "a " + name + " b", says, arguments -> {
                    for (int i = 0; i < arguments.size(); i++) {
                        requireCondition(name, arguments.get(i), i);
                    }
                    Evaluator first = arguments.get(0).evaluator();
                    Evaluator second = arguments.get(1).evaluator();
                    Boolean decided = deciding;
                    return Typed.of(Primitive.BOOLEAN, Typed.any(arguments), row -> {
                        Object one = first.of(row);
                        if (decided.equals(one)) {
                            return decided;
                        }
                        Object other = second.of(row);
                        return decided.equals(other) ? decided : (one == null || other == null) ? null : !deciding;
                    });
                })
                .neverFailing();
    }

    private static Typed opposite(List<Typed> arguments) throws NotApplicable {
        Arguments.require("not", arguments, 1);
        requireCondition("not", arguments.get(0), 0);
        Evaluator condition = arguments.get(0).evaluator();
        return Typed.of(Primitive.BOOLEAN, arguments.get(0).nullability(), row -> {
            Object one = condition.of(row);
            return one == null ? null : !(Boolean) one;
        });
    }

    static void requireCondition(String name, Typed part, int index) throws NotApplicable {
        if (part.type().isPresent() && !part.is(Primitive.BOOLEAN)) {
            throw NotApplicable.because("`" + name + "` takes conditions, not `" + part.word() + "`")
                    .at(index)
                    .expecting("something that is true or false, as a comparison is");
        }
    }

    private static Function test(String name, Predicate<@Nullable Boolean> holds, String says) {
        return Function.of(name, "a " + name, says, arguments -> {
                    requireCondition(name, arguments.get(0), 0);
                    Evaluator condition = arguments.get(0).evaluator();
                    return Typed.of(
                            Primitive.BOOLEAN, Nullability.REQUIRED, row -> holds.test((Boolean) condition.of(row)));
                })
                .neverFailing()
                .shown("cast(null as boolean) " + name, holds.test(null) ? "TRUE" : "FALSE");
    }

    private static Function nullTest(String name, boolean wantsNull, String says) {
        return Function.of(name, "a " + name, says, arguments -> {
                    Evaluator value = arguments.get(0).evaluator();
                    return Typed.of(
                            Primitive.BOOLEAN, Nullability.REQUIRED, row -> (value.of(row) == null) == wantsNull);
                })
                .neverFailing();
    }
}

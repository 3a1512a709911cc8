package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;

/** One value or another. */
final class Conditionals {

    static final Group GROUP = new Group(
            "Choice",
            List.of(
                    Function.of(
                                    "case",
                                    "case when a then b ... else c end",
                                    "What stands behind the first condition that is true. `case a when b then c ... end` compares.",
                                    Conditionals::cases)
                            .neverFailing()
                            .shown("case when 2 > 1 then 'more' else 'less' end", "more")
                            .shown("case 3 when 1 then 'one' end", "NULL"),
                    Function.of(
                                    "if",
                                    "if(a, b, c)",
                                    "The second where the first is true, else the third.",
                                    arguments -> {
                                        Arguments.require("if", arguments, 3);
                                        return cases("if", arguments);
                                    })
                            .neverFailing()
                            .shown("if(1 > 2, 'yes', 'never')", "never"),
                    Function.of(
                                    "coalesce",
                                    "coalesce(a, b, ...)",
                                    "The first that is not null.",
                                    arguments -> firstPresent("coalesce", arguments))
                            .neverFailing()
                            .shown("coalesce(null, 'unknown')", "unknown"),
                    Function.of("ifnull", "ifnull(a, b)", "The second where the first is null.", arguments -> {
                                Arguments.require("ifnull", arguments, 2);
                                return firstPresent("ifnull", arguments);
                            })
                            .neverFailing()
                            .shown("ifnull(cast(null as int), 0)", "0"),
                    Function.of(
                                    "nullif",
                                    "nullif(a, b)",
                                    "Null where the two are the same, else the first.",
                                    Conditionals::nullIf)
                            .neverFailing()
                            .shown("nullif('n/a', 'n/a')", "NULL"),
                    most("greatest", 1, "The largest; null where one is null.").shown("greatest(1, 3, 2)", "3"),
                    most("least", -1, "The smallest; null where one is null.").shown("least('b', 'a')", "a")));

    private Conditionals() {}

    private static Typed cases(List<Typed> arguments) throws NotApplicable {
        return cases("case", arguments);
    }

    /** @param arguments condition, value, condition, value, ..., value */
    private static Typed cases(String name, List<Typed> arguments) throws NotApplicable {
        List<Typed> conditions = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < arguments.size() - 1; i += 2) {
            Logic.requireCondition(name, arguments.get(i), i);
            conditions.add(arguments.get(i));
            values.add(arguments.get(i + 1));
        }
        values.add(arguments.get(arguments.size() - 1));
        ColumnType type = common(name, values);
        Evaluator[] tests = conditions.stream().map(Typed::evaluator).toArray(Evaluator[]::new);
        Evaluator[] answers = converted(values, type);
        return Typed.of(type, Typed.any(values), row -> {
            for (int i = 0; i < tests.length; i++) {
                if (Boolean.TRUE.equals(tests[i].of(row))) {
                    return answers[i].of(row);
                }
            }
            return answers[tests.length].of(row);
        });
    }

    private static Typed firstPresent(String name, List<Typed> arguments) throws NotApplicable {
        if (arguments.isEmpty()) {
            throw NotApplicable.because("`" + name + "` takes 1 or more arguments, not 0");
        }
        ColumnType type = common(name, arguments);
        Evaluator[] answers = converted(arguments, type);
        Nullability nullability =
                arguments.stream().allMatch(Typed::isOptional) ? Nullability.OPTIONAL : Nullability.REQUIRED;
        return Typed.of(type, nullability, row -> {
            for (Evaluator answer : answers) {
                Object value = answer.of(row);
                if (value != null) {
                    return value;
                }
            }
            return null;
        });
    }

    private static Typed nullIf(List<Typed> arguments) throws NotApplicable {
        Arguments.require("nullif", arguments, 2);
        Pair pair = Pair.align("`nullif` can't compare", arguments);
        Evaluator same = Comparisons.comparing(Order.EQUAL, "nullif", pair);
        Evaluator first = arguments.get(0).evaluator();
        ColumnType type = arguments.get(0).type().orElse(pair.type());
        return Typed.of(type, Nullability.OPTIONAL, row -> Boolean.TRUE.equals(same.of(row)) ? null : first.of(row));
    }

    private static Function most(String name, int sign, String says) {
        return Function.of(name, name + "(a, b, ...)", says, arguments -> {
                    if (arguments.isEmpty()) {
                        throw NotApplicable.because("`" + name + "` takes 1 or more arguments, not 0");
                    }
                    ColumnType type = common(name, arguments);
                    Ordering ordering = Comparisons.ordering(name, type);
                    Evaluator[] values = converted(arguments, type);
                    return Typed.of(type, Typed.any(arguments), row -> {
                        Object most = values[0].of(row);
                        for (int i = 1; i < values.length && most != null; i++) {
                            Object value = values[i].of(row);
                            most = value == null ? null : ordering.compare(value, most) * sign > 0 ? value : most;
                        }
                        return most;
                    });
                })
                .neverFailing();
    }

    private static ColumnType common(String name, List<Typed> values) throws NotApplicable {
        boolean open = values.stream().allMatch(value -> value.type().isEmpty());
        return open
                ? Primitive.STRING
                : Types.common(values)
                        .orElseThrow(() -> NotApplicable.because(
                                "`" + name + "` can't be of one type: it has " + Arguments.words(values)));
    }

    private static Evaluator[] converted(List<Typed> values, ColumnType type) {
        return values.stream()
                .map(value -> Conversion.convert(value, type).orElseThrow().evaluator())
                .toArray(Evaluator[]::new);
    }
}

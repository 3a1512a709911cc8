package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.ListOf;
import dev.firn.spi.schema.ColumnType.MapOf;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists and maps. */
final class Collections {

    static final Group GROUP = new Group(
            "Lists and maps",
            List.of(
                    Function.of(
                            "[]",
                            "a[n], m['key']",
                            "An element of a list, counted from 1, or the value behind a key; null where there is none.",
                            Collections::element),
                    Function.of(
                                    "cardinality",
                                    "cardinality(a)",
                                    "How many elements a list or a map has.",
                                    Collections::size)
                            .neverFailing(),
                    Function.of(
                                    "array_contains",
                                    "array_contains(a, x)",
                                    "Whether one of its elements is `x`.",
                                    arguments -> {
                                        Position position = new Position("array_contains", arguments);
                                        return Typed.of(
                                                Primitive.BOOLEAN,
                                                arguments.get(0).nullability(),
                                                row -> {
                                                    Object list = position.list.of(row);
                                                    return list == null
                                                            ? null
                                                            : position.of((List<?>) list, position.wanted.of(row)) > 0;
                                                });
                                    })
                            .neverFailing(),
                    Function.of(
                                    "array_position",
                                    "array_position(a, x)",
                                    "Where the first `x` is, counted from 1; 0 where there is none.",
                                    arguments -> {
                                        Position position = new Position("array_position", arguments);
                                        return Typed.of(Primitive.INT, Typed.any(arguments), row -> {
                                            Object list = position.list.of(row);
                                            Object wanted = position.wanted.of(row);
                                            return (list == null || wanted == null)
                                                    ? null
                                                    : position.of((List<?>) list, wanted);
                                        });
                                    })
                            .neverFailing(),
                    Function.of("map_keys", "map_keys(m)", "Its keys as a list.", arguments -> {
                                Arguments.require("map_keys", arguments, 1);
                                map("map_keys", arguments.get(0));
                                Evaluator map = arguments.get(0).evaluator();
                                ColumnType type = new ListOf(Primitive.STRING, Nullability.REQUIRED);
                                return Typed.of(type, arguments.get(0).nullability(), row -> {
                                    Object one = map.of(row);
                                    return one == null ? null : new ArrayList<>(((Map<?, ?>) one).keySet());
                                });
                            })
                            .neverFailing(),
                    Function.of("map_values", "map_values(m)", "Its values as a list.", arguments -> {
                                Arguments.require("map_values", arguments, 1);
                                MapOf type = map("map_values", arguments.get(0));
                                Evaluator map = arguments.get(0).evaluator();
                                return Typed.of(
                                        new ListOf(type.value(), type.values()),
                                        arguments.get(0).nullability(),
                                        row -> {
                                            Object one = map.of(row);
                                            return one == null ? null : new ArrayList<>(((Map<?, ?>) one).values());
                                        });
                            })
                            .neverFailing()));

    private Collections() {}

    private static Typed element(List<Typed> arguments) throws NotApplicable {
        Typed of = arguments.get(0);
        Typed key = arguments.get(1);
        Evaluator whole = of.evaluator();
        Evaluator which = key.evaluator();
        Optional<ColumnType> type = of.type();
        if (type.isPresent() && type.orElseThrow() instanceof ListOf list) {
            if (key.type().isPresent() && !key.is(Primitive.INT)) {
                throw NotApplicable.because("elements of a list are counted by an `int`, not by `" + key.word() + "`")
                        .at(1);
            }
            return Typed.of(list.element(), Nullability.OPTIONAL, row -> {
                Object one = whole.of(row);
                Object index = which.of(row);
                return (one == null || index == null) ? null : at((List<?>) one, (Integer) index);
            });
        }
        if (type.isPresent() && type.orElseThrow() instanceof MapOf map) {
            if (key.type().isPresent() && !key.is(Primitive.STRING)) {
                throw NotApplicable.because("keys of a map are texts, not `" + key.word() + "`")
                        .at(1);
            }
            return Typed.of(map.value(), Nullability.OPTIONAL, row -> {
                Object one = whole.of(row);
                Object name = which.of(row);
                return (one == null || name == null) ? null : ((Map<?, ?>) one).get(name);
            });
        }
        throw NotApplicable.because("`[...]` takes an element of a list or a map, not of `" + of.word() + "`")
                .at(0);
    }

    private static @Nullable Object at(List<?> list, int index) {
        if (index < 1) {
            throw new EvaluationFailure("elements of a list are counted from 1, not from `" + index + "`");
        }
        return index > list.size() ? null : list.get(index - 1);
    }

    private static Typed size(List<Typed> arguments) throws NotApplicable {
        Arguments.require("cardinality", arguments, 1);
        Typed of = arguments.get(0);
        ColumnType type = of.type().orElse(Primitive.STRING);
        if (!(type instanceof ListOf) && !(type instanceof MapOf)) {
            NotApplicable complaint = NotApplicable.because(
                            "`cardinality` takes a list or a map, not `" + of.word() + "`")
                    .at(0);
            throw of.is(Primitive.STRING) ? complaint.fixedBy("for a text, write `char_length(...)`") : complaint;
        }
        Evaluator whole = of.evaluator();
        return Typed.of(Primitive.INT, of.nullability(), row -> {
            Object one = whole.of(row);
            return one == null
                    ? null
                    : (Integer) (one instanceof List<?> list ? list.size() : ((Map<?, ?>) one).size());
        });
    }

    private static MapOf map(String name, Typed argument) throws NotApplicable {
        if (argument.type().isPresent() && argument.type().orElseThrow() instanceof MapOf map) {
            return map;
        }
        throw NotApplicable.because("`" + name + "` takes a map, not `" + argument.word() + "`")
                .at(0);
    }

    /** Looks for a value in a list. */
    private static final class Position {

        private final Evaluator list;
        private final Evaluator wanted;
        private final Ordering ordering;

        Position(String name, List<Typed> arguments) throws NotApplicable {
            Arguments.require(name, arguments, 2);
            Typed first = arguments.get(0);
            if (first.type().isEmpty() || !(first.type().orElseThrow() instanceof ListOf type)) {
                throw NotApplicable.because("`" + name + "` takes a list, not `" + first.word() + "`")
                        .at(0);
            }
            list = first.evaluator();
            wanted = Conversion.convert(arguments.get(1), type.element())
                    .orElseThrow(() -> NotApplicable.because("`" + name + "` looks for `" + type.element()
                                    + "`, not for `" + arguments.get(1).word() + "`")
                            .at(1))
                    .evaluator();
            ordering = Comparisons.ordering(name, type.element());
        }

        int of(List<?> values, @Nullable Object one) {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if ((one == null || value == null) ? one == value : ordering.compare(value, one) == 0) {
                    return i + 1;
                }
            }
            return 0;
        }
    }
}

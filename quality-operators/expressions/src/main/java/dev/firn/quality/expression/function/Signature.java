package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One way to call a function: its parameters, the type of its answer, its code. A null among the arguments is a null answer, and the
 * code is not asked.
 */
final class Signature {

    /** Puts the code behind the arguments. */
    private interface Link {
        Evaluator of(List<Evaluator> arguments);
    }

    private final List<Kind<?>> parameters;
    private final ColumnType result;
    private final Link link;
    private final boolean mayBeNull;

    private Signature(List<Kind<?>> parameters, ColumnType result, Link link, boolean mayBeNull) {
        this.parameters = parameters;
        this.result = result;
        this.link = link;
        this.mayBeNull = mayBeNull;
    }

    static <A> Signature of(Kind<A> a, ColumnType result, Code.One<A> code) {
        return new Signature(
                List.of(a),
                result,
                arguments -> {
                    Evaluator first = arguments.get(0);
                    return row -> {
                        Object one = first.of(row);
                        return one == null ? null : code.of(a.values().cast(one));
                    };
                },
                false);
    }

    static <A, B> Signature of(Kind<A> a, Kind<B> b, ColumnType result, Code.Two<A, B> code) {
        return new Signature(
                List.of(a, b),
                result,
                arguments -> {
                    Evaluator first = arguments.get(0);
                    Evaluator second = arguments.get(1);
                    return row -> {
                        Object one = first.of(row);
                        Object two = one == null ? null : second.of(row);
                        return (one == null || two == null)
                                ? null
                                : code.of(a.values().cast(one), b.values().cast(two));
                    };
                },
                false);
    }

    static <A, B, C> Signature of(Kind<A> a, Kind<B> b, Kind<C> c, ColumnType result, Code.Three<A, B, C> code) {
        return new Signature(
                List.of(a, b, c),
                result,
                arguments -> row -> {
                    Object one = arguments.get(0).of(row);
                    Object two = arguments.get(1).of(row);
                    Object three = arguments.get(2).of(row);
                    return (one == null || two == null || three == null)
                            ? null
                            : code.of(
                                    a.values().cast(one),
                                    b.values().cast(two),
                                    c.values().cast(three));
                },
                false);
    }

    static <A, B, C, D> Signature of(
            Kind<A> a, Kind<B> b, Kind<C> c, Kind<D> d, ColumnType result, Code.Four<A, B, C, D> code) {
        return new Signature(
                List.of(a, b, c, d),
                result,
                arguments -> row -> {
                    Object one = arguments.get(0).of(row);
                    Object two = arguments.get(1).of(row);
                    Object three = arguments.get(2).of(row);
                    Object four = arguments.get(3).of(row);
                    return (one == null || two == null || three == null || four == null)
                            ? null
                            : code.of(
                                    a.values().cast(one),
                                    b.values().cast(two),
                                    c.values().cast(three),
                                    d.values().cast(four));
                },
                false);
    }

    /** Its code may answer null. */
    Signature orNull() {
        return new Signature(parameters, result, link, true);
    }

    int size() {
        return parameters.size();
    }

    Optional<Typed> apply(List<Typed> arguments) {
        if (arguments.size() != parameters.size()) {
            return Optional.empty();
        }
        List<Evaluator> taken = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Optional<Typed> argument = parameters.get(i).take(arguments.get(i));
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            taken.add(argument.orElseThrow().evaluator());
        }
        Nullability nullability = mayBeNull ? Nullability.OPTIONAL : Typed.any(arguments);
        return Optional.of(Typed.of(result, nullability, link.of(taken)));
    }

    /** The first argument that it does not take; none where there are too few or too many. */
    Optional<Integer> firstWrong(List<Typed> arguments) {
        for (int i = 0; i < arguments.size() && i < parameters.size(); i++) {
            if (parameters.get(i).take(arguments.get(i)).isEmpty()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    String parameter(int index) {
        return parameters.get(index).word();
    }

    String words(String name) {
        return parameters.stream().map(Kind::word).collect(Collectors.joining(", ", name + "(", ")"));
    }
}

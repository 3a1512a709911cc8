package dev.firn.quality.expression;

import java.util.List;
import java.util.Optional;

/**
 * What became of a text: something to evaluate, or what is wrong with it.
 *
 * @param problems all that were found, by place; empty exactly where there is a value
 */
public record Compiled<T>(Optional<T> value, List<Problem> problems) {

    public Compiled {
        problems = List.copyOf(problems);
        if (value.isPresent() != problems.isEmpty()) {
            throw new IllegalStateException("our bug: an expression with a value and problems, or with neither");
        }
    }

    static <T> Compiled<T> of(T value) {
        return new Compiled<>(Optional.of(value), List.of());
    }

    static <T> Compiled<T> wrong(List<Problem> problems) {
        return new Compiled<>(
                Optional.empty(),
                problems.stream()
                        .sorted(java.util.Comparator.comparing(Problem::place))
                        .distinct()
                        .toList());
    }
}

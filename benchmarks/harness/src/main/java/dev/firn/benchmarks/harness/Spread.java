package dev.firn.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Figures that should be one: the middle of them, the least and the greatest. */
public record Spread(List<Double> values) {

    public Spread {
        values = values.stream().sorted().toList();
    }

    static Spread of(Stream<Double> values) {
        return new Spread(values.toList());
    }

    static <T> Spread ratios(List<T> some, List<T> others, ToDoubleFunction<T> figure) {
        return of(IntStream.range(0, Math.min(some.size(), others.size()))
                .mapToObj(i -> figure.applyAsDouble(some.get(i)) / figure.applyAsDouble(others.get(i))));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Not a number where there are none. */
    public double median() {
        return isEmpty() ? Double.NaN : (values.get((values.size() - 1) / 2) + values.get(values.size() / 2)) / 2;
    }

    public double least() {
        return isEmpty() ? Double.NaN : values.get(0);
    }

    public double greatest() {
        return isEmpty() ? Double.NaN : values.get(values.size() - 1);
    }

    /** The middle, and the two ends where there are several. */
    public String text(int decimals) {
        if (isEmpty()) {
            return "-";
        }
        String one = "%." + decimals + "f";
        return values.size() == 1
                ? String.format(Locale.ROOT, one, median())
                : String.format(Locale.ROOT, one + " (" + one + "–" + one + ")", median(), least(), greatest());
    }
}

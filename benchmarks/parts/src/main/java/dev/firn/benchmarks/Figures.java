package dev.firn.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What one JVM saw, per operation.
 *
 * @param cpu nanoseconds of the whole process
 * @param wall nanoseconds
 * @param allocated bytes
 */
record Figures(double cpu, double wall, double allocated) {

    static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        return middle(rounds.stream().map(figure::applyAsDouble).sorted().toList());
    }

    /** CPU time round by round: the median, and the least and the most. */
    static String ratio(List<Figures> some, List<Figures> others) {
        List<Double> ratios = IntStream.range(0, some.size())
                .mapToObj(round -> some.get(round).cpu / others.get(round).cpu)
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", middle(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static double middle(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }
}

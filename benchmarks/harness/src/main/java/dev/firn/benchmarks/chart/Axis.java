package dev.firn.benchmarks.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What an axis spans, and where its lines are.
 *
 * @param low the value at its start
 * @param high the value at its end
 * @param ticks values that are written at it, ascending
 */
record Axis(Scale scale, double low, double high, List<Double> ticks) {

    /** More lines than these are in the way. */
    private static final int MOST_TICKS = 7;

    private static final int[] STEPS = {1, 2, 5};

    /** How values become lengths. */
    enum Scale {
        LINEAR,
        LOGARITHMIC
    }

    Axis {
        ticks = List.copyOf(ticks);
    }

    /** Spans the values: from zero where it is linear, from a round number below them where it is not. */
    static Axis over(Scale scale, List<Double> values) {
        DoubleSummaryStatistics all =
                values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        if (values.isEmpty() || all.getMin() < 0 || (scale == Scale.LOGARITHMIC && all.getMin() <= 0)) {
            throw new IllegalArgumentException("a " + scale + " axis does not span " + values);
        }
        return scale == Scale.LINEAR ? linear(all.getMax()) : logarithmic(all.getMin(), all.getMax());
    }

    /** The same with lines at these values. */
    Axis withTicks(List<Double> values) {
        return new Axis(scale, low, high, values);
    }

    /** From 0 at the start to 1 at the end. */
    double position(double value) {
        return scale == Scale.LINEAR
                ? (value - low) / (high - low)
                : (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }

    private static Axis linear(double max) {
        double step = rounded()
                .filter(round -> Math.ceil(max / round) < MOST_TICKS)
                .findFirst()
                .orElse(1);
        List<Double> ticks = new ArrayList<>();
        int count = Math.max(1, (int) Math.ceil(max / step));
        for (int i = 0; i <= count; i++) {
            // Not by adding up, which would show in the last digits.
            ticks.add(i * step);
        }
        return new Axis(Scale.LINEAR, 0, count * step, ticks);
    }

    private static Axis logarithmic(double min, double max) {
        List<Double> all = rounded().boxed().toList();
        double low = all.stream().filter(round -> round <= min).reduce(min, (earlier, later) -> later);
        double high = all.stream()
                .filter(round -> round >= max && round > low)
                .findFirst()
                .orElse(max);
        List<Double> ticks =
                all.stream().filter(round -> round >= low && round <= high).toList();
        if (ticks.size() > MOST_TICKS) {
            ticks = ticks.stream().filter(Axis::isPowerOfTen).toList();
        }
        return new Axis(Scale.LOGARITHMIC, low, high, ticks);
    }

    /** 1, 2 and 5 times each power of ten, ascending. */
    private static DoubleStream rounded() {
        return IntStream.rangeClosed(-9, 12).boxed().flatMapToDouble(power -> Arrays.stream(STEPS)
                .mapToDouble(step -> Double.parseDouble(step + "e" + power)));
    }

    private static boolean isPowerOfTen(double value) {
        return Double.parseDouble("1e" + Math.round(Math.log10(value))) == value;
    }
}

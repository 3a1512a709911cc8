package dev.firn.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmark of decoding in rounds, each way once a round in a JVM of its own, so that what else the machine does
 * meets all of them; prints the medians as a Markdown table.
 */
public final class DecodeSpeed {

    private static final List<String> WAYS = List.of("avro", "fastAvro", "firn");

    private static final OutputFormat LOG = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);

    private DecodeSpeed() {}

    /** What one JVM saw. */
    private record Figures(double cpu, double allocated) {}

    /** @param arguments how many rounds, seconds of each measurement, then the shapes; all of them where none is named */
    public static void main(String... arguments) throws RunnerException {
        int rounds = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        List<Shape> shapes = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            shapes.add(Shape.valueOf(arguments[i].toUpperCase(Locale.ROOT)));
        }
        Map<Shape, Map<String, List<Figures>>> seen = new EnumMap<>(Shape.class);
        for (int round = 0; round < rounds; round++) {
            for (Shape shape : shapes.isEmpty() ? List.of(Shape.values()) : shapes) {
                for (String way : WAYS) {
                    seen.computeIfAbsent(shape, any -> new HashMap<>())
                            .computeIfAbsent(way, any -> new ArrayList<>())
                            .add(run(shape, way, seconds));
                }
            }
        }
        print(seen);
    }

    private static Figures run(Shape shape, String way, int seconds) throws RunnerException {
        RunResult result = new Runner(
                        new OptionsBuilder()
                                .include(DecodeBenchmark.class.getName() + "\\." + way + "$")
                                .param("shape", shape.name())
                                .forks(1)
                                .warmupIterations(5)
                                .warmupTime(TimeValue.seconds(1))
                                .measurementIterations(seconds)
                                .measurementTime(TimeValue.seconds(1))
                                .jvmArgsAppend("-Xms512m", "-Xmx512m")
                                .addProfiler(CpuTime.class)
                                .addProfiler(GCProfiler.class)
                                .build(),
                        LOG)
                .runSingle();
        Map<String, ? extends Result<?>> figures = figures(result);
        return new Figures(score(figures, CpuTime.LABEL), score(figures, "gc.alloc.rate.norm"));
    }

    @SuppressWarnings("rawtypes") // as JMH has it
    private static Map<String, ? extends Result<?>> figures(RunResult result) {
        Map<String, Result<?>> figures = new HashMap<>();
        for (Map.Entry<String, Result> figure : result.getSecondaryResults().entrySet()) {
            figures.put(figure.getKey(), figure.getValue());
        }
        return figures;
    }

    private static double score(Map<String, ? extends Result<?>> figures, String label) {
        return figures.entrySet().stream()
                .filter(figure -> figure.getKey().endsWith(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + label + " in " + figures.keySet()))
                .getValue()
                .getScore();
    }

    private static void print(Map<Shape, Map<String, List<Figures>>> seen) {
        System.out.println(
                "| records | bytes | Avro's reader, then converted | its fast reader, then converted | Firn |"
                        + " Firn to Avro's reader | to its fast reader | allocated: Avro's reader, fast, Firn |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        seen.forEach((shape, ways) -> {
            List<Figures> firn = ways.getOrDefault("firn", List.of());
            List<Figures> avro = ways.getOrDefault("avro", List.of());
            List<Figures> fast = ways.getOrDefault("fastAvro", List.of());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f ns | %.0f ns | %.0f ns | **%s** | %s | %.0f, %.0f, %.0f B |%n",
                    shape.word(),
                    averageLength(shape),
                    cpu(avro),
                    cpu(fast),
                    cpu(firn),
                    ratios(firn, avro),
                    ratios(firn, fast),
                    allocated(avro),
                    allocated(fast),
                    allocated(firn));
        });
    }

    private static long averageLength(Shape shape) {
        return (long) shape.records(1_000).stream()
                .mapToInt(record -> record.value() == null ? 0 : record.value().length)
                .average()
                .orElse(0);
    }

    /** Round by round: the median, and the least and the most. */
    private static String ratios(List<Figures> some, List<Figures> others) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            ratios.add(some.get(i).cpu() / others.get(i).cpu());
        }
        ratios.sort(null);
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static double cpu(List<Figures> figures) {
        return median(figures.stream().map(Figures::cpu).sorted().toList());
    }

    private static double allocated(List<Figures> figures) {
        return median(figures.stream().map(Figures::allocated).sorted().toList());
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }
}

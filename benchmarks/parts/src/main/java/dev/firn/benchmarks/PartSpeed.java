package dev.firn.benchmarks;

import dev.firn.benchmarks.Part.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * Measures a part in rounds, each way once a round in a JVM of its own, so that what else the machine does meets all of them;
 * prints the medians as a Markdown table.
 */
public final class PartSpeed {

    private static final OutputFormat LOG = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);

    private PartSpeed() {}

    /** @param arguments the part, how many rounds, measurements of a second each, then values of its parameter; without one, all */
    public static void main(String... arguments) throws RunnerException {
        Part part = Part.named(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        int measurements = Integer.parseInt(arguments[2]);
        List<String> values = Arrays.stream(arguments)
                .skip(3)
                .map(value -> value.toUpperCase(Locale.ROOT))
                .toList();
        Map<String, Map<String, List<Figures>>> seen = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String value : values.isEmpty() ? part.values() : values) {
                for (Way way : part.ways()) {
                    seen.computeIfAbsent(value, any -> new HashMap<>())
                            .computeIfAbsent(way.method(), any -> new ArrayList<>())
                            .add(run(part, value, way, measurements));
                }
            }
        }
        PartTable table = new PartTable(part);
        table.header().forEach(System.out::println);
        seen.forEach((value, ways) -> System.out.println(table.row(value, ways)));
    }

    private static Figures run(Part part, String value, Way way, int measurements) throws RunnerException {
        RunResult result = new Runner(
                        new OptionsBuilder()
                                .include(part.benchmark().getName() + "\\." + way.method() + "$")
                                .param(part.parameter(), value)
                                .forks(1)
                                .warmupIterations(5)
                                .warmupTime(TimeValue.seconds(1))
                                .measurementIterations(measurements)
                                .measurementTime(TimeValue.seconds(1))
                                .jvmArgsAppend("-Xms1g", "-Xmx1g")
                                .addProfiler(CpuTime.class)
                                .addProfiler(GCProfiler.class)
                                .build(),
                        LOG)
                .runSingle();
        Map<String, ? extends Result<?>> figures = figures(result);
        return new Figures(
                score(figures, CpuTime.LABEL),
                result.getPrimaryResult().getScore(),
                score(figures, "gc.alloc.rate.norm"));
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
}

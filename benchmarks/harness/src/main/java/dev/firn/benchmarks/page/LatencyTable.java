package dev.firn.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.benchmarks.chart.LineChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code benchmarks/run latency --json} has written, as a table and a plot. */
record LatencyTable(Run run) {

    /** Whether this is such a run, and none of CPU time. */
    static boolean isOne(Run run) {
        return run.root().has("measurements");
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "At a steady %,d records a second; milliseconds.",
                run.root().path("records-per-second").asInt()));
        lines.add("");
        lines.add(
                "| a commit every | who | p50 | p90 | p99 | max | Firn's own metric, p50 / p90 / p99 | seen in that minute |");
        lines.add("|---|---|---|---|---|---|---|---|");
        for (JsonNode one : run.root().path("measurements")) {
            JsonNode visible = one.path("visible-after-millis");
            lines.add(String.format(
                    Locale.ROOT,
                    "| %d s | %s | %,d | %,d | %,d | %,d | %s | %s |",
                    one.path("commit-interval-seconds").asInt(),
                    one.path("title").asText(),
                    visible.path("p50").asLong(),
                    visible.path("p90").asLong(),
                    visible.path("p99").asLong(),
                    visible.path("max").asLong(),
                    three(one.path("own-metric-millis")),
                    three(one.path("seen-in-its-minute-millis"))));
        }
        lines.add("");
        lines.add("![Latency by the interval between commits](performance/latency.svg)");
        return String.join("\n", lines);
    }

    private static String three(JsonNode figures) {
        return figures.isMissingNode()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d / %,d / %,d",
                        figures.path("p50").asLong(),
                        figures.path("p90").asLong(),
                        figures.path("p99").asLong());
    }

    /** The p99 of each by the interval. */
    LineChart chart() {
        Map<String, List<LineChart.Point>> series = new LinkedHashMap<>();
        for (JsonNode one : run.root().path("measurements")) {
            series.computeIfAbsent(one.path("title").asText(), any -> new ArrayList<>())
                    .add(new LineChart.Point(
                            one.path("commit-interval-seconds").asDouble(),
                            one.path("visible-after-millis").path("p99").asDouble() / 1_000));
        }
        return new LineChart(
                "From a record's creation until its row is visible",
                "p99 at a steady rate; lower is better",
                new LineChart.Dimension("seconds between commits", LineChart.Scale.LOGARITHMIC),
                new LineChart.Dimension("seconds", LineChart.Scale.LOGARITHMIC),
                series.entrySet().stream()
                        .map(entry -> new LineChart.Series(entry.getKey(), entry.getValue()))
                        .toList());
    }
}

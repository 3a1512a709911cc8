package dev.firn.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.benchmarks.chart.LineChart;
import dev.firn.benchmarks.page.Run.Entry;
import dev.firn.benchmarks.page.Run.Measure;
import dev.firn.benchmarks.page.Run.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the tables and plots of {@code docs/scaling.md} anew, between its marks, from a run's JSON, and from those of one workload
 * with several intervals between checkpoints, where there are some.
 *
 * <pre>
 * ScalingPage docs/scaling.md RUN.json [RUN_WITH_AN_INTERVAL.json...]
 * </pre>
 */
public final class ScalingPage {

    private static final String CPU = "cpu-micros-per-record";
    private static final List<String> SLOTS = List.of("slots-1", "slots-2", "slots-4");
    private static final Map<Integer, String> TABLES =
            new TreeMap<>(Map.of(1, "slots-1", 10, "tables-10", 100, "tables-100", 1_000, "tables-1000"));
    /** The model is fitted on fewer tables than this, and held against the others. */
    private static final int FITTED_BELOW = 1_000;

    private static final String BY_INTERVAL = "orders";

    private final Run run;
    private final List<Run> intervals;

    private ScalingPage(Run run, List<Run> intervals) {
        this.run = run;
        this.intervals = intervals;
    }

    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]);
        List<Run> intervals = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            intervals.add(Run.read(Path.of(arguments[i])));
        }
        ScalingPage made = new ScalingPage(Run.read(Path.of(arguments[1])), intervals);
        Path plots = page.resolveSibling("performance");
        Files.createDirectories(plots);
        Files.writeString(plots.resolve("tables.svg"), made.chart().svg());
        MarkedText text = new MarkedText(Files.readString(page));
        text.replace("slots", made.slots());
        text.replace("tables", made.tables());
        if (!intervals.isEmpty()) {
            text.replace("intervals", made.intervals());
        }
        Files.writeString(page, text.toString());
    }

    private String slots() {
        List<String> lines = new ArrayList<>();
        lines.add("| slots | CPU µs/record | records/s | memory |");
        lines.add("|---|---|---|---|");
        for (String name : SLOTS) {
            firn(name)
                    .ifPresent(firn -> lines.add(String.format(
                            Locale.ROOT,
                            "| %s | %s | %,.0f | %,.0f MB |",
                            name.substring(name.indexOf('-') + 1),
                            firn.measure(CPU).map(cpu -> cpu.text(2)).orElse("–"),
                            firn.median("records-per-second"),
                            firn.measure("peak-memory-bytes")
                                            .map(Measure::greatest)
                                            .orElse(Double.NaN)
                                    / 1e6)));
        }
        return String.join("\n", lines);
    }

    private String tables() {
        List<String> lines = new ArrayList<>();
        Line model = model();
        lines.add(String.format(
                Locale.ROOT,
                "Fitted on 1, 10 and 100 tables: **%.2f s + %.1f ms for each commit**, the ledger's among them.",
                model.at(0),
                1_000 * model.slope()));
        lines.add("");
        lines.add("| tables | commits | CPU seconds | the model says | files | size | memory | checkpoint |");
        lines.add("|---|---|---|---|---|---|---|---|");
        TABLES.forEach((count, name) -> firn(name)
                .ifPresent(firn -> lines.add(String.format(
                        Locale.ROOT,
                        "| %,d | %,.0f | %.1f | %.1f%s | %,d | %,.1f MB | %,.0f MB | %,.0f ms |",
                        count,
                        commits(firn),
                        seconds(name, firn),
                        model.at(commits(firn)),
                        count < FITTED_BELOW
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " (%+.0f %%)",
                                        100 * (model.at(commits(firn)) / seconds(name, firn) - 1)),
                        firn.figure("files"),
                        firn.figure("bytes") / 1e6,
                        firn.measure("peak-memory-bytes").map(Measure::greatest).orElse(Double.NaN) / 1e6,
                        firn.median("checkpoint-millis")))));
        lines.add("");
        lines.add("![CPU time by the number of tables](performance/tables.svg)");
        return String.join("\n", lines);
    }

    private String intervals() {
        List<String> lines = new ArrayList<>();
        lines.add("| a checkpoint every | commits | CPU seconds | a commit more costs |");
        lines.add("|---|---|---|---|");
        List<double[]> points = new ArrayList<>();
        for (Run one : intervals) {
            Entry firn = one.workload(BY_INTERVAL)
                    .flatMap(work -> work.entry("firn"))
                    .orElseThrow(() -> new IllegalStateException("a run without " + BY_INTERVAL));
            points.add(new double[] {commits(firn), seconds(one, BY_INTERVAL, firn)});
        }
        Line cost = Line.through(points);
        for (int i = 0; i < points.size(); i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s s | %,.1f | %.2f | %s |",
                    intervals.get(i).text("commit-interval-seconds"),
                    points.get(i)[0],
                    points.get(i)[1],
                    i == 0 ? String.format(Locale.ROOT, "%.0f ms", 1_000 * cost.slope()) : ""));
        }
        return String.join("\n", lines);
    }

    private LineChart chart() {
        Line model = model();
        List<LineChart.Point> seen = new ArrayList<>();
        List<LineChart.Point> said = new ArrayList<>();
        TABLES.forEach((count, name) -> firn(name).ifPresent(firn -> {
            seen.add(new LineChart.Point(count, seconds(name, firn)));
            said.add(new LineChart.Point(count, model.at(commits(firn))));
        }));
        return new LineChart(
                "CPU time by the number of tables",
                "seconds for the same number of records, spread over the tables; warm",
                new LineChart.Dimension("tables", LineChart.Scale.LOGARITHMIC),
                new LineChart.Dimension("CPU seconds", LineChart.Scale.LOGARITHMIC),
                List.of(new LineChart.Series("Firn", seen), new LineChart.Series("the model", said)));
    }

    private Line model() {
        List<double[]> points = new ArrayList<>();
        TABLES.forEach((count, name) -> {
            if (count < FITTED_BELOW) {
                firn(name).ifPresent(firn -> points.add(new double[] {commits(firn), seconds(name, firn)}));
            }
        });
        return Line.through(points);
    }

    private Optional<Entry> firn(String workload) {
        return run.workload(workload).flatMap(work -> work.entry("firn"));
    }

    /** In one repetition; a process counts those of all. */
    private static double commits(Entry firn) {
        double all = 0;
        for (JsonNode round : firn.node().path("rounds")) {
            all += round.path("commits").asDouble() / round.path("repetitions").size();
        }
        return all / firn.node().path("rounds").size();
    }

    private double seconds(String workload, Entry firn) {
        return seconds(run, workload, firn);
    }

    private static double seconds(Run run, String workload, Entry firn) {
        return run.workload(workload).map(Work::records).orElse(0L) * firn.median(CPU) / 1e6;
    }
}

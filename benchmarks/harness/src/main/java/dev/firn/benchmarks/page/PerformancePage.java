package dev.firn.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.benchmarks.chart.BarChart;
import dev.firn.benchmarks.page.Run.Entry;
import dev.firn.benchmarks.page.Run.Measure;
import dev.firn.benchmarks.page.Run.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the tables and plots of {@code docs/performance.md} anew, between its marks, from the JSON of runs. Where several have measured
 * a workload, the first counts, and all profiles are shown. A workload whose contenders did not write the same is named and left out.
 *
 * <pre>
 * PerformancePage docs/performance.md RUN.json...
 * </pre>
 */
public final class PerformancePage {

    private static final String CPU = "cpu-micros-per-record";
    private static final List<String> PEERS = List.of("data-stream", "data-stream-reuse", "sql", "connect");
    private static final double MB = 1e6;

    private final List<Run> runs;
    private final List<Work> workloads = new ArrayList<>();
    private final List<Work> different = new ArrayList<>();

    private PerformancePage(List<Run> runs) {
        this.runs = List.copyOf(runs);
        Set<String> names = new HashSet<>();
        runs.stream().flatMap(run -> run.workloads().stream()).forEach(work -> {
            if (names.add(work.name())) {
                (work.isSame() ? workloads : different).add(work);
            }
        });
    }

    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]);
        List<Run> runs = new ArrayList<>();
        List<LatencyTable> latencies = new ArrayList<>();
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            Run run = Run.read(Path.of(file));
            if (LatencyTable.isOne(run)) {
                latencies.add(new LatencyTable(run));
            } else {
                runs.add(run);
            }
        }
        PerformancePage made = new PerformancePage(runs);
        Path plots = page.resolveSibling("performance");
        Files.createDirectories(plots);
        Files.writeString(plots.resolve("cpu.svg"), made.chart().svg());
        MarkedText text = new MarkedText(Files.readString(page));
        text.replace("ratios", made.ratios());
        text.replace("figures", made.figures());
        text.replace("alone", made.alone());
        text.replace("profiles", made.profiles());
        for (LatencyTable latency : latencies) {
            text.replace("latency", latency.markdown());
            Files.writeString(plots.resolve("latency.svg"), latency.chart().svg());
        }
        Files.writeString(page, text.toString());
    }

    /** CPU time of each, with Firn as the measure. */
    private BarChart chart() {
        List<BarChart.Group> groups = workloads.stream()
                .filter(work -> !isStart(work))
                .map(work -> new BarChart.Group(
                        work.name(),
                        work.entries().stream().map(PerformancePage::bar).toList()))
                .toList();
        return new BarChart(
                "CPU time per record",
                "µs of user and system time of the whole process, warm; each group has its own scale; shorter is better",
                "µs",
                BarChart.Scale.OF_EACH_GROUP,
                groups);
    }

    private static BarChart.Bar bar(Entry entry) {
        Measure cpu = entry.measure(CPU).orElse(new Measure(0, 0, 0));
        return new BarChart.Bar(entry.title(), cpu.median(), cpu.least(), cpu.greatest());
    }

    private String ratios() {
        List<String> lines = new ArrayList<>();
        lines.add(measuredOn());
        lines.add("");
        lines.add(starts());
        lines.add("");
        lines.add(
                "| workload | | Firn, µs | to DataStream | to the same, objects reused | to Flink SQL | to Kafka Connect |");
        lines.add("|---|---|---|---|---|---|---|");
        for (Work work : workloads) {
            if (isStart(work)) {
                continue;
            }
            String firn = work.entry("firn")
                    .flatMap(entry -> entry.measure(CPU))
                    .map(cpu -> cpu.text(2))
                    .orElse(withoutFirn(work));
            lines.add("| " + work.name() + " | " + work.says() + " | " + firn + " | "
                    + PEERS.stream().map(peer -> ratio(work, peer)).collect(Collectors.joining(" | ")) + " |");
        }
        lines.add("");
        lines.add("![CPU time per record](performance/cpu.svg)");
        return String.join("\n", lines);
    }

    /** What is left of a job's cost where there is next to nothing to read. */
    private String starts() {
        return workloads.stream()
                .filter(PerformancePage::isStart)
                .map(work -> work.entries().stream()
                        .map(entry -> String.format(
                                Locale.ROOT, "%s %.1f s", entry.title(), entry.median(CPU) * work.records() / 1e6))
                        .collect(Collectors.joining(
                                ", ", "To start and end a job, which is in all figures, takes CPU time too: ", ".")))
                .collect(Collectors.joining());
    }

    /** Each figure without what the same contender takes for a job of next to no records. */
    private String alone() {
        Optional<Work> start =
                workloads.stream().filter(PerformancePage::isStart).findFirst();
        List<String> lines = new ArrayList<>();
        lines.add("| workload | Firn, µs | DataStream | the same, objects reused | Flink SQL | Kafka Connect |");
        lines.add("|---|---|---|---|---|---|");
        for (Work work : workloads) {
            if (start.isEmpty() || isStart(work)) {
                continue;
            }
            Optional<Double> firn = alone(start.get(), work, "firn");
            lines.add("| " + work.name() + " | "
                    + firn.map(PerformancePage::twoDecimals).orElse(withoutFirn(work)) + " | "
                    + PEERS.stream()
                            .map(peer -> alone(start.get(), work, peer)
                                    .map(cpu -> twoDecimals(cpu)
                                            + firn.map(own -> " (" + twoDecimals(own / cpu) + ")")
                                                    .orElse(""))
                                    .orElse("–"))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        return String.join("\n", lines);
    }

    private static Optional<Double> alone(Work start, Work work, String contender) {
        return start.entry(contender).flatMap(begun -> work.entry(contender)
                .map(entry -> entry.median(CPU) - begun.median(CPU) * start.records() / work.records()));
    }

    /** A workload of things that are not built has figures of the others only; where Firn failed, nothing is claimed. */
    private static String withoutFirn(Work work) {
        return work.node().path("failed").has("firn") ? "–" : "not yet";
    }

    private static String twoDecimals(double figure) {
        return String.format(Locale.ROOT, "%.2f", figure);
    }

    private static boolean isStart(Work work) {
        return work.name().equals("start");
    }

    private static String ratio(Work work, String peer) {
        return work.entry(peer)
                .flatMap(entry -> entry.measure("firn-to-it"))
                .map(ratio ->
                        "**" + ratio.text(2).replaceFirst(" ", "** ") + (ratio.least() == ratio.greatest() ? "**" : ""))
                .orElse("–");
    }

    private String measuredOn() {
        String measured = runs.stream().map(PerformancePage::measuredOn).collect(Collectors.joining("\n"));
        return different.isEmpty()
                ? measured
                : measured
                        + different.stream()
                                .map(Work::name)
                                .collect(Collectors.joining(
                                        ", ", "\n- Left out, for the contenders did not write the same: ", "."));
    }

    private static String measuredOn(Run run) {
        return String.format(
                Locale.ROOT,
                "- %s: on %s at commit %s, %s; rounds with a process for each: %s, the work done %s times in it; a checkpoint every"
                        + " %s s; load of the machine %.1f before and %.1f after.",
                run.workloads().stream().map(Work::name).collect(Collectors.joining(", ")),
                run.text("date"),
                run.text("commit"),
                run.text("machine"),
                run.text("rounds"),
                run.text("repetitions"),
                run.text("commit-interval-seconds"),
                run.root().path("load-before").asDouble(),
                run.root().path("load-after").asDouble());
    }

    private String figures() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| workload | who | CPU µs/record | cold | Firn to it, cold | records/s | memory | files | size | checkpoint | commit |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Work work : workloads) {
            if (work.entry("firn").isEmpty()) {
                lines.add("| " + work.name() + " | Firn | " + withoutFirn(work) + " | | | | | | | | |");
            }
            for (Entry entry : work.entries()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %.2f | %s | %,.0f | %,.0f MB | %,d | %,.1f MB | %s | %s |",
                        entry.isFirn() ? work.name() : "",
                        entry.title(),
                        entry.measure(CPU).map(cpu -> cpu.text(2)).orElse("–"),
                        entry.median("cpu-micros-per-record-cold"),
                        entry.measure("firn-to-it-cold")
                                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio.median()))
                                .orElse(""),
                        entry.median("records-per-second"),
                        entry.measure("peak-memory-bytes")
                                        .map(Measure::greatest)
                                        .orElse(Double.NaN)
                                / MB,
                        entry.figure("files"),
                        entry.figure("bytes") / MB,
                        millis(entry, "checkpoint-millis"),
                        millis(entry, "commit-millis")));
            }
        }
        return String.join("\n", lines);
    }

    private static String millis(Entry entry, String name) {
        return entry.measure(name)
                .map(time -> String.format(Locale.ROOT, "%,.0f ms", time.median()))
                .orElse("–");
    }

    private String profiles() {
        List<String> lines = new ArrayList<>();
        for (Work work : runs.stream().flatMap(run -> run.workloads().stream()).toList()) {
            work.node().path("profiles").fields().forEachRemaining(field -> {
                String title = work.entry(field.getKey()).map(Entry::title).orElse(field.getKey());
                lines.add("### " + title + ", " + work.name());
                lines.add("");
                lines.add("| where the time goes | | | method | |");
                lines.add("|---|---|---|---|---|");
                List<String> buckets = shares(field.getValue().path("buckets"));
                List<String> frames = shares(field.getValue().path("frames"));
                for (int i = 0; i < Math.max(buckets.size(), frames.size()); i++) {
                    lines.add("| " + (i < buckets.size() ? buckets.get(i) : "| ") + " | | "
                            + (i < frames.size() ? frames.get(i) : " | ") + " |");
                }
                lines.add("");
            });
        }
        return String.join("\n", lines).strip();
    }

    private static List<String> shares(JsonNode shares) {
        List<String> cells = new ArrayList<>();
        shares.forEach(share -> cells.add(String.format(
                Locale.ROOT,
                "%s | %.1f %%",
                shortened(share.path("name").asText()),
                100 * share.path("share").asDouble())));
        return cells.subList(0, Math.min(10, cells.size()));
    }

    /** A method's class and name, without its package; other words as they are. */
    private static String shortened(String name) {
        if (name.contains(" ") || !name.contains(".")) {
            return name;
        }
        String[] words = name.split("\\.");
        return "`" + words[words.length - 2] + "." + words[words.length - 1] + "`";
    }
}

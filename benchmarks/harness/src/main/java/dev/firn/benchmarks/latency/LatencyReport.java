package dev.firn.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What came out, for people and for programs. */
final class LatencyReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LatencyReport() {}

    static String table(int rate, Workload workload, List<Measurement> measurements) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%nfrom a record's creation until its row is visible, in milliseconds; %s, %,d records/s%n",
                workload.says(),
                rate));
        int interval = 0;
        for (Measurement one : measurements) {
            if (one.intervalSeconds() != interval) {
                interval = one.intervalSeconds();
                text.append(String.format(
                        "%n  %-34s %8s %8s %8s %8s %10s%n",
                        "a commit every " + interval + " s", "p50", "p90", "p99", "max", "commits"));
            }
            text.append(row(one.contender().title(), one.all()));
            text.append(String.format(Locale.ROOT, " %,10d%n", one.snapshots()));
            one.own().ifPresent(own -> {
                text.append(row("  its own metric, last minute", own.told()));
                text.append(own.agrees(one.intervalSeconds()) ? "\n" : "   DIFFERS\n");
                text.append(row("  seen in that minute", own.seen())).append('\n');
            });
            if (one.missing() > 0) {
                text.append(String.format(Locale.ROOT, "    FAILED: %,d records were never seen%n", one.missing()));
            }
        }
        return text.toString();
    }

    private static String row(String title, Percentiles figures) {
        return String.format(
                Locale.ROOT,
                "  %-34s %,8d %,8d %,8d %,8d",
                title,
                figures.p50(),
                figures.p90(),
                figures.p99(),
                figures.max());
    }

    static void write(Path file, int rate, List<Measurement> measurements, List<String> failed) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("java", System.getProperty("java.version"));
        root.put("records-per-second", rate);
        ArrayNode all = root.putArray("measurements");
        for (Measurement one : measurements) {
            ObjectNode node = all.addObject();
            node.put("contender", one.contender().word());
            node.put("title", one.contender().title());
            node.put("commit-interval-seconds", one.intervalSeconds());
            node.put("commits", one.snapshots());
            node.put("records", one.all().records());
            node.put("missing", one.missing());
            figures(node.putObject("visible-after-millis"), one.all());
            one.own().ifPresent(own -> {
                figures(node.putObject("own-metric-millis"), own.told());
                figures(node.putObject("seen-in-its-minute-millis"), own.seen());
                node.put("agrees", own.agrees(one.intervalSeconds()));
            });
        }
        ArrayNode problems = root.putArray("failed");
        failed.forEach(problems::add);
        JSON.writeValue(file.toFile(), root);
    }

    private static void figures(ObjectNode node, Percentiles figures) {
        node.put("p50", figures.p50());
        node.put("p90", figures.p90());
        node.put("p99", figures.p99());
        node.put("max", figures.max());
    }
}

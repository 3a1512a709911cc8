package dev.firn.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

    private static final String RUN =
            """
            {"date": "2026-11-26", "commit": "abc1234", "machine": "2 processors", "rounds": 2, "repetitions": 3,
             "commit-interval-seconds": 5, "load-before": 0.5, "load-after": 2.25,
             "workloads": [
              {"name": "start", "says": "nothing", "records": 1000, "contenders": {
                "firn": {"title": "Firn", "cpu-micros-per-record": {"median": 1500, "least": 1500, "greatest": 1500}}}},
              {"name": "orders", "says": "14 columns", "records": 1000000, "contenders": {
                "firn": {"title": "Firn", "cpu-micros-per-record": {"median": 5, "least": 4.5, "greatest": 5.5},
                  "records-per-second": {"median": 200000, "least": 1, "greatest": 1},
                  "peak-memory-bytes": {"median": 1, "least": 1, "greatest": 1900000000},
                  "checkpoint-millis": {"median": 90, "least": 1, "greatest": 1}, "files": 2, "bytes": 59000000},
                "sql": {"title": "Flink SQL", "cpu-micros-per-record": {"median": 10, "least": 10, "greatest": 10},
                  "firn-to-it": {"median": RATIO, "least": 0.45, "greatest": 0.55}}},
               "profiles": {"firn": {"buckets": [{"name": "decoding records", "share": 0.25}],
                 "frames": [{"name": "a.b.C.d", "share": 0.125}]}}}]}
            """;

    private static final String LATENCY =
            """
            {"records-per-second": 2000, "measurements": [{"contender": "firn", "title": "Firn", "commit-interval-seconds": 10,
              "visible-after-millis": {"p50": 5280, "p90": 9280, "p99": 10176, "max": 10405},
              "own-metric-millis": {"p50": 5281, "p90": 9281, "p99": 10177, "max": 10405},
              "seen-in-its-minute-millis": {"p50": 5282, "p90": 9282, "p99": 10178, "max": 10405}}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void writesTablesAndAPlotBetweenItsMarks() throws IOException {
        Path page = Files.writeString(
                folder.resolve("performance.md"),
                "# Speed\n\n<!-- ratios: made -->what was<!-- end of ratios -->\n\nWords.\n\n<!-- figures: made -->\n"
                        + "<!-- end of figures -->\n<!-- profiles: made -->\n<!-- end of profiles -->\n"
                        + "<!-- alone: made -->\n<!-- end of alone -->\n<!-- latency: made -->\n<!-- end of latency -->\n");

        Path latency = Files.writeString(folder.resolve("latency.json"), LATENCY);
        PerformancePage.main(new String[] {page.toString(), run("0.5").toString(), latency.toString()});

        assertThat(page)
                .content()
                .contains(
                        "- start, orders: on 2026-11-26 at commit abc1234, 2 processors; rounds with a process for each: 2,")
                .contains("takes CPU time too: Firn 1.5 s.")
                .contains("| orders | 14 columns | 5.00 (4.50–5.50) | – | – | **0.50** (0.45–0.55) | – |")
                .contains(
                        "| orders | Firn | 5.00 (4.50–5.50) | NaN |  | 200,000 | 1,900 MB | 2 | 59.0 MB | 90 ms | – |")
                .contains("| orders | 3.50 | – | – | – | – |")
                .contains(
                        "| 10 s | Firn | 5,280 | 9,280 | 10,176 | 10,405 | 5,281 / 9,281 / 10,177 | 5,282 / 9,282 / 10,178 |")
                .contains("| decoding records | 25.0 % | | `C.d` | 12.5 % |")
                .contains("\n\nWords.\n\n")
                .doesNotContain("what was");
        assertThat(folder.resolve("performance/cpu.svg")).content().contains("Flink SQL");
    }

    @Test
    void leavesOutAWorkloadWhoseContendersDidNotWriteTheSame() throws IOException {
        Path page = Files.writeString(
                folder.resolve("performance.md"),
                "<!-- ratios: made -->\n<!-- end of ratios -->\n<!-- figures: made -->\n<!-- end of figures -->\n"
                        + "<!-- profiles: made -->\n<!-- end of profiles -->\n<!-- alone: made -->\n<!-- end of alone -->\n");
        Path different = Files.writeString(
                folder.resolve("different.json"),
                "{\"workloads\": [{\"name\": \"upsert\", \"same\": false, \"contenders\": {}}]}");

        PerformancePage.main(new String[] {page.toString(), run("0.5").toString(), different.toString()});

        assertThat(page)
                .content()
                .contains("| orders | 14 columns |")
                .contains("- Left out, for the contenders did not write the same: upsert.")
                .doesNotContain("| upsert |");
    }

    @Test
    void saysNotYetWhereOnlyTheOthersCanDoAWorkload() throws IOException {
        Path page = Files.writeString(
                folder.resolve("performance.md"),
                "<!-- ratios: made -->\n<!-- end of ratios -->\n<!-- figures: made -->\n<!-- end of figures -->\n"
                        + "<!-- profiles: made -->\n<!-- end of profiles -->\n<!-- alone: made -->\n<!-- end of alone -->\n");
        Path upsert = Files.writeString(
                folder.resolve("upsert.json"),
                """
                {"workloads": [{"name": "upsert", "says": "replaces", "records": 1000, "same": true, "failed": {}, "contenders": {
                  "data-stream": {"title": "DataStream", "cpu-micros-per-record": {"median": 40, "least": 40, "greatest": 40},
                    "files": 15, "bytes": 12000000}}}]}
                """);

        PerformancePage.main(new String[] {page.toString(), run("0.5").toString(), upsert.toString()});

        assertThat(page)
                .content()
                .contains("| upsert | replaces | not yet | – | – | – | – |")
                .contains("| upsert | not yet | – | – | – | – |")
                .contains("| upsert | Firn | not yet | | | | | | | | |\n|  | DataStream | 40.00 |");
    }

    @Test
    void refusesAPageWithoutMarks() throws IOException {
        Path page = Files.writeString(folder.resolve("performance.md"), "# Speed\n");

        assertThatThrownBy(() -> PerformancePage.main(
                        new String[] {page.toString(), run("0.5").toString()}))
                .hasMessage("the page has no part `ratios`");
    }

    @Test
    void comparesTheRatiosOfTwoRuns() throws IOException {
        assertThat(Agreement.pairs(Run.read(run("0.5")), Run.read(run("0.54"))))
                .singleElement()
                .satisfies(pair -> assertThat(pair.agrees()).isTrue());
        assertThat(Agreement.pairs(Run.read(run("0.5")), Run.read(run("0.56"))))
                .singleElement()
                .satisfies(pair -> assertThat(pair.agrees()).isFalse());
    }

    private Path run(String ratio) throws IOException {
        return Files.writeString(folder.resolve("run-" + ratio + ".json"), RUN.replace("RATIO", ratio));
    }
}

package dev.firn.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingPageTest {

    @Test
    void fitsTheCostOfACommitAndHoldsItAgainstAThousandTables(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("scaling.md"),
                "<!-- slots: made -->\n<!-- end of slots -->\n<!-- tables: made -->\n<!-- end of tables -->\n");
        Path run = Files.writeString(
                folder.resolve("run.json"),
                Stream.of(
                                work("slots-1", 7, 4),
                                work("tables-10", 9, 44),
                                work("tables-100", 17, 204),
                                work("tables-1000", 50, 2004))
                        .collect(Collectors.joining(",", "{\"workloads\": [", "]}")));

        ScalingPage.main(new String[] {page.toString(), run.toString()});

        assertThat(page)
                .content()
                .contains("| 1 | 7.00 | NaN | NaN MB |")
                .contains("**6.80 s + 100.0 ms for each commit**")
                .contains("| 1 | 2 | 7.0 | 7.0 | 0 |")
                .contains("| 1,000 | 1,002 | 50.0 | 107.0 (+114 %) | 0 |");
        assertThat(folder.resolve("performance/tables.svg")).content().contains("the model");
    }

    @Test
    void saysWhatACommitMoreCostsWhereTheIntervalIsShorter(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("scaling.md"),
                "<!-- slots: made -->\n<!-- end of slots -->\n<!-- tables: made -->\n<!-- end of tables -->\n"
                        + "<!-- intervals: made -->\n<!-- end of intervals -->\n");
        Path run = Files.writeString(
                folder.resolve("run.json"),
                Stream.of(work("slots-1", 7, 4), work("tables-10", 9, 44))
                        .collect(Collectors.joining(",", "{\"workloads\": [", "]}")));
        Path often = Files.writeString(
                folder.resolve("often.json"),
                "{\"commit-interval-seconds\": 1, \"workloads\": [" + work("orders", 9, 24) + "]}");
        Path seldom = Files.writeString(
                folder.resolve("seldom.json"),
                "{\"commit-interval-seconds\": 20, \"workloads\": [" + work("orders", 8, 4) + "]}");

        ScalingPage.main(new String[] {page.toString(), run.toString(), often.toString(), seldom.toString()});

        assertThat(page).content().contains("| 1 s | 12.0 | 9.00 | 100 ms |").contains("| 20 s | 2.0 | 8.00 |  |");
    }

    /** A million records, so that microseconds a record are seconds; commits of two repetitions. */
    private static String work(String name, int micros, int commits) {
        return "{\"name\": \"%s\", \"records\": 1000000, \"contenders\": {\"firn\": {\"cpu-micros-per-record\": {\"median\": %d, \"least\": %d, \"greatest\": %d}, \"rounds\": [{\"commits\": %d, \"repetitions\": [{}, {}]}]}}}"
                .formatted(name, micros, micros, micros, commits);
    }
}

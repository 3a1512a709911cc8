package dev.firn.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.benchmarks.workload.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BenchmarksTest {

    @Test
    void namesAllWorkloadsAndPeersInItsHelp() {
        String help = Benchmarks.commandLine().getUsageMessage();

        assertThat(Workloads.all())
                .allMatch(workload -> help.contains(workload.name() + " ") && help.contains(workload.says()));
        assertThat(help)
                .contains("data-stream-reuse  the same, objects reused")
                .contains("connect            Kafka Connect");
    }

    @Test
    void refusesAWordThatIsNoWorkloadAndNoPeer() {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Benchmarks.commandLine().execute("--only", "orders,flink"))
                    .isEqualTo(2);
        } finally {
            System.setErr(before);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "benchmarks/run: `flink` is no workload and no peer. Workloads: start, narrow, orders, wide, ")
                .endsWith(". Peers: firn, data-stream, data-stream-reuse, sql, connect, firn-rules"
                        + System.lineSeparator());
    }
}

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.OwnBroker;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.TopicLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the job is down, a partition loses the end of what was read, and gets more than that anew: by its position alone the job would
 * pass over the new records without a word. A broker gets an older disk for that, which is what a leader has that was elected uncleanly.
 */
@Tag("heavy")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CutOffPartitionIT {

    private static final String CUT_OFF =
            "partition `orders-0` was cut off at offset 45: it was read up to offset 60, then a"
                    + " leader was elected that lacked the end of that; what was written since counts as read.";

    @TempDir
    private Path folder;

    @Test
    void isRefusedByStateAndByLedgerUnlessItMayBe() throws Exception {
        try (OwnBroker broker = new OwnBroker(folder.resolve("broker"))) {
            broker.start();
            TopicLog orders = broker.createTopic("orders");
            Pipeline pipeline = pipeline(broker);
            orders.append(45);
            broker.stop();
            Path older = broker.copyOfDisk();
            broker.start();
            orders.append(15);
            assertThat(run(pipeline).exitCode()).isZero();

            broker.stop();
            broker.putBack(older);
            // Each start is another leader's epoch; with one alone it would be the same as that of what is gone.
            broker.start();
            broker.stop();
            broker.start();
            orders.append(30);

            for (String from : List.of("state", "ledger")) {
                Firn.Answer answer = run(pipeline, "--resume", from);
                assertThat(answer.exitCode()).as(answer.err()).isEqualTo(3);
                assertThat(answer.err()).contains(CUT_OFF).contains("`--allow partition-cut-off`");
            }
            assertThat(offsets(pipeline)).isEqualTo(60);

            Firn.Answer answer = run(pipeline, "--allow", "partition-cut-off");
            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(offsets(pipeline)).isEqualTo(75);
        }
    }

    private Pipeline pipeline(OwnBroker broker) throws Exception {
        Path lake = folder.resolve("lake");
        Path file = Files.writeString(
                folder.resolve("cut.yaml"),
                """
                pipeline: {name: cut, checkpoint-interval: 500ms, parallelism: 1}
                source:
                  type: kafka
                  topics: [orders]
                  properties: {bootstrap.servers: "%s"}
                  format: {type: raw}
                  metadata: {offset: _offset}
                sink:
                  type: iceberg
                  catalog: {type: hadoop, warehouse: "%s"}
                """
                        .formatted(broker.address(), lake.toUri()));
        return new Pipeline("cut", file, lake);
    }

    private static Firn.Answer run(Pipeline pipeline, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--until-caught-up"));
        arguments.addAll(List.of(options));
        arguments.add(pipeline.file().toString());
        return Firn.run(Map.of(), arguments.toArray(String[]::new));
    }

    /** How many there are; no two rows have one. */
    private static int offsets(Pipeline pipeline) {
        List<?> rows = pipeline.rows(pipeline.table("orders"), "_offset");
        assertThat(rows).doesNotHaveDuplicates();
        return rows.size();
    }
}

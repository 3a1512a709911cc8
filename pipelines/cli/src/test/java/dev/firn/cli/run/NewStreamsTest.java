package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.PipelineFile;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewStreamsTest {

    private static final SplitRange ORDERS = new SplitRange(new Split("kafka", "orders", 0, "id-1"), 0, 7);
    private static final SplitRange NEW_0 = new SplitRange(new Split("kafka", "orders_2", 0, "id-2"), 0, 7);
    private static final SplitRange NEW_1 = new SplitRange(new Split("kafka", "orders_2", 1, "id-2"), 0, 7);

    @TempDir
    Path folder;

    /** What a job does not read it never reaches the end of. */
    @Test
    void areNotWaitedForAndToldOfOnce() throws Exception {
        NewStreams streams = new NewStreams(plan());

        assertThat(streams.planned(List.of(ORDERS), split -> true)).containsExactly(ORDERS);
        assertThat(streams.sentences()).isEmpty();
        assertThat(streams.planned(List.of(ORDERS, NEW_0, NEW_1), split -> true))
                .containsExactly(ORDERS);
        assertThat(streams.sentences())
                .containsExactly("kafka/orders_2 is not in the plan of this run; the next start looks at it");
        assertThat(streams.planned(List.of(NEW_0), split -> true)).isEmpty();
        assertThat(streams.sentences()).isEmpty();
    }

    /** A database's log has the changes of all tables. */
    @Test
    void areNoneOfASplitThatAllStreamsShare() throws Exception {
        NewStreams streams = new NewStreams(plan());
        SplitRange log = new SplitRange(new Split("kafka", "log", 0, "db"), 6, 7);

        assertThat(streams.planned(
                        List.of(ORDERS, log), split -> !split.stream().equals("log")))
                .containsExactly(ORDERS, log);
        assertThat(streams.sentences()).isEmpty();
    }

    private PipelinePlan plan() throws Exception {
        Path file = Files.writeString(
                folder.resolve("orders.yaml"),
                """
                pipeline: {name: shop}
                source:
                  type: kafka
                  topics: [orders, "orders_*"]
                  properties: {bootstrap.servers: "nowhere:9092"}
                  format: {type: avro, registry: {url: "http://nowhere"}}
                sink: {type: iceberg, catalog: {type: hadoop, warehouse: "file:///nowhere"}}
                """);
        PipelineFile opened = new PipelineFile(file);
        return opened.planOffline(opened.read().orElseThrow()).orElseThrow();
    }
}

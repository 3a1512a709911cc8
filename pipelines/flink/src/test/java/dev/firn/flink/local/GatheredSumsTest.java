package dev.firn.flink.local;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.JobSettings;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.FakeTopic;
import dev.firn.flink.testing.Plans;
import dev.firn.flink.testing.Tampered;
import dev.firn.flink.testing.Tampered.Change;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.source.StartPositions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sums of records that another subtask writes than the one that read them, in a whole job. */
@Timeout(120)
class GatheredSumsTest {

    private static final String WRITE = "write tables";
    private static final String GATHER = "write gathered";

    @TempDir
    private static Path folder;

    private static LocalCluster cluster;

    private final FakeLake lake = FakeLake.create();
    private final FakeTopic topic = FakeTopic.create(1);
    private final PipelinePlan plan = Plans.gathering(lake, Map.of("kafka", topic), ORDERS, REFUNDS);

    @BeforeAll
    static void start() throws Exception {
        PipelinePlan any = Plans.of(FakeLake.create(), Map.of("kafka", FakeTopic.create(1)), ORDERS);
        LocalFolders folders = LocalFolders.beside(folder.resolve("pipeline.yaml"), any.pipeline());
        cluster = LocalCluster.start(any, folders, SystemReferences.ofThisProcess());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    /** A mistake on the way to the subtask that gathers a table, or there. */
    @SuppressWarnings("ImmutableEnumChecker") // The changes are lambdas that hold nothing.
    private enum Mistake {
        A_COPY_IS_LOST_ON_ITS_WAY(
                WRITE,
                value -> Altered.isFirst(value, REFUNDS) ? List.of() : List.of(value),
                """
                  kafka/TOPIC-0                            read 3 = routed 3 - copied 3 + quarantined 2 = 2   <- 1 without an outcome
                      read 3, positions 0 to 3
                      routed 2 sales.orders
                      routed 1 sales.refunds
                      copied 3
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 2 = in files 2
                  sales.refunds                            routed 1 = in files 1
                """),
        A_COPY_COMES_TWICE(
                WRITE,
                value -> Altered.isFirst(value, REFUNDS) ? List.of(value, value) : List.of(value),
                """
                  kafka/TOPIC-0                            read 3 = routed 5 - copied 3 + quarantined 2 = 4   <- 1 with an outcome but not read
                      read 3, positions 0 to 3
                      routed 2 sales.orders
                      routed 3 sales.refunds
                      copied 3
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 2 = in files 2
                  sales.refunds                            routed 3 = in files 3
                """),
        WHO_GATHERS_FORGETS_ONE_ROUTED(
                GATHER,
                Tampered.entries(entry -> List.of(Altered.withOutcome(entry, Outcome.ROUTED, REFUNDS, -1))),
                """
                  kafka/TOPIC-0                            read 3 = routed 3 - copied 3 + quarantined 2 = 2   <- 1 without an outcome
                      read 3, positions 0 to 3
                      routed 2 sales.orders
                      routed 1 sales.refunds
                      copied 3
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 2 = in files 2
                  sales.refunds                            routed 1 = in files 2   <- 1 too many in the files
                      routed 1 of kafka/TOPIC-0
                      in files 2, 1 file
                """);

        private final String operator;
        private final Change change;
        private final String sheet;

        Mistake(String operator, Change change, String split, String tables) {
            this.operator = operator;
            this.change = change;
            this.sheet = split + tables;
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopTheJobAndShowWhere(Mistake mistake) throws Exception {
        topic.produce(0, "1a", "1b", "1bad");
        StreamGraph graph = cluster.translate(plan, settings());
        Tampered.emits(graph, mistake.operator, mistake.change);

        Throwable failure = failure(graph);

        assertThat(failure).rootCause().hasMessage(Altered.sheet(mistake.sheet, topic));
        assertThat(ExceptionUtils.findThrowable(failure, SuppressRestartsException.class))
                .isPresent();
        assertThat(lake.ledger().epochs()).isEmpty();
        assertThat(lake.events()).isEmpty();
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void whatIsGatheredIsCommittedOnceByOneWriterATable() throws Exception {
        topic.produce(0, "1a", "1b", "1bad");
        LocalJob job = cluster.submit(cluster.translate(plan, settings()), Optional.empty());
        lake.awaitRows(ORDERS, 2);
        lake.awaitRows(REFUNDS, 2);
        lake.awaitRows(FakeLake.QUARANTINE, 2);
        job.cancel();

        String split = "kafka/" + topic.name() + "-0@";
        assertThat(lake.rows(ORDERS)).containsExactly(split + "0 schema 1 1a", split + "1 schema 1 1b");
        assertThat(lake.rows(REFUNDS)).containsExactly(split + "0 schema 1 1a", split + "1 schema 1 1b");
        assertThat(lake.ledger().epochs().get(0).staged())
                .filteredOn(staged -> staged.table().equals(ORDERS))
                .hasSize(1);
    }

    private JobSettings settings() {
        return new JobSettings(lake.ledger().claimRun(), StartPositions.none(), JobSettings.Restarts.BOUNDED);
    }

    private static Throwable failure(StreamGraph graph) throws Exception {
        return failure(cluster.submit(graph, Optional.empty()));
    }

    private static Throwable failure(LocalJob job) throws Exception {
        try {
            return job.ended().get(60, TimeUnit.SECONDS).orElseThrow();
        } catch (TimeoutException running) {
            job.cancel();
            throw running;
        }
    }
}

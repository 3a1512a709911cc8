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
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.source.StartPositions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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

/**
 * One record too few or too many in any operator, in a whole job: it stops without a restart, nothing of the epoch is
 * kept, and the balance sheet says where the difference is.
 */
@Timeout(120)
class BrokenSumsTest {

    private static final String COUNT = "count kafka";
    private static final String WRITE = "write tables";

    @TempDir
    private static Path folder;

    private static LocalCluster cluster;

    private final FakeLake lake = FakeLake.create();
    private final FakeTopic topic = FakeTopic.create(1);
    private final PipelinePlan plan = Plans.of(lake, Map.of("kafka", topic), ORDERS, REFUNDS);

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

    /** A mistake, and the lines of the sheet that show it. */
    @SuppressWarnings("ImmutableEnumChecker") // The changes are lambdas that hold nothing.
    private enum Mistake {
        THE_TAP_COUNTS_ONE_TOO_FEW(
                COUNT,
                Tampered.entries(entry -> List.of(Altered.withRead(entry, -1))),
                """
                  kafka/TOPIC-0                            read 2 = routed 4 - copied 3 + quarantined 2 = 3   <- 1 with an outcome but not read
                      read 2, positions 0 to 3
                DETAILS
                """,
                Mistake.TABLES),
        THE_TAP_COUNTS_ONE_TOO_MANY(
                COUNT,
                Tampered.entries(entry -> List.of(Altered.withRead(entry, 1))),
                """
                  kafka/TOPIC-0                            read 4 = routed 4 - copied 3 + quarantined 2 = 3   <- 1 without an outcome
                      read 4, positions 0 to 3
                DETAILS
                """,
                Mistake.TABLES),
        THE_TAP_LOSES_A_RECORD(
                COUNT,
                value -> Altered.isFirst(value) ? List.of() : List.of(value),
                """
                  kafka/TOPIC-0                            read 3 = routed 2 - copied 2 + quarantined 2 = 2   <- 1 without an outcome
                      read 3, positions 0 to 3
                      routed 1 sales.orders
                      routed 1 sales.refunds
                      copied 2
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 1 = in files 1
                  sales.refunds                            routed 1 = in files 1
                """),
        THE_TAP_DOUBLES_A_RECORD(
                COUNT,
                value -> Altered.isFirst(value) ? List.of(value, value) : List.of(value),
                """
                  kafka/TOPIC-0                            read 3 = routed 6 - copied 4 + quarantined 2 = 4   <- 1 with an outcome but not read
                      read 3, positions 0 to 3
                      routed 3 sales.orders
                      routed 3 sales.refunds
                      copied 4
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 3 = in files 3
                  sales.refunds                            routed 3 = in files 3
                """),
        THE_WRITER_FORGETS_ONE_ROUTED(
                WRITE,
                Tampered.entries(entry -> List.of(Altered.withOutcome(entry, Outcome.ROUTED, -1))),
                """
                  kafka/TOPIC-0                            read 3 = routed 3 - copied 3 + quarantined 2 = 2   <- 1 without an outcome
                      read 3, positions 0 to 3
                      routed 1 sales.orders
                      routed 2 sales.refunds
                      copied 3
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 1 = in files 2   <- 1 too many in the files
                      routed 1 of kafka/TOPIC-0
                      in files 2, 1 file
                  sales.refunds                            routed 2 = in files 2
                """),
        THE_WRITER_FORGETS_ONE_QUARANTINED(
                WRITE,
                Tampered.entries(entry -> List.of(Altered.withOutcome(entry, Outcome.QUARANTINED, -1))),
                """
                  kafka/TOPIC-0                            read 3 = routed 4 - copied 3 + quarantined 1 = 2   <- 1 without an outcome
                      read 3, positions 0 to 3
                      routed 2 sales.orders
                      routed 2 sales.refunds
                      copied 3
                      quarantined 0 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                """
                  sales.firn_quarantine                    routed 1 = in files 2   <- 1 too many in the files
                      quarantined 0 of kafka/TOPIC-0
                      quarantined 1 of kafka/TOPIC-0
                      in files 2, 1 file
                  sales.orders                             routed 2 = in files 2
                  sales.refunds                            routed 2 = in files 2
                """),
        THE_WRITER_FORGETS_A_COPY(
                WRITE,
                Tampered.entries(entry -> List.of(Altered.withOutcome(entry, Outcome.COPIED, -1))),
                """
                  kafka/TOPIC-0                            read 3 = routed 4 - copied 2 + quarantined 2 = 4   <- 1 with an outcome but not read
                      read 3, positions 0 to 3
                      routed 2 sales.orders
                      routed 2 sales.refunds
                      copied 2
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """,
                Mistake.TABLES),
        A_FILE_HAS_ONE_RECORD_LESS(
                WRITE,
                Tampered.entries(entry -> List.of(Altered.withFiles(entry, ORDERS, -1))),
                Mistake.SPLIT,
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 2 = in files 1   <- 1 missing in the files
                      routed 2 of kafka/TOPIC-0
                      in files 1, 1 file
                  sales.refunds                            routed 2 = in files 2
                """),
        A_FILE_OF_THE_QUARANTINE_HAS_ONE_RECORD_MORE(
                WRITE,
                Tampered.entries(entry -> List.of(Altered.withFiles(entry, FakeLake.QUARANTINE, 1))),
                Mistake.SPLIT,
                """
                  sales.firn_quarantine                    routed 2 = in files 3   <- 1 too many in the files
                      quarantined 1 of kafka/TOPIC-0
                      quarantined 1 of kafka/TOPIC-0
                      in files 3, 1 file
                  sales.orders                             routed 2 = in files 2
                  sales.refunds                            routed 2 = in files 2
                """),
        THE_FOLD_NEVER_GETS_THE_ENTRY_OF_THE_TAP(
                COUNT,
                Tampered.entries(entry -> List.of()),
                """
                  kafka/TOPIC-0                            read 0 = routed 4 - copied 3 + quarantined 2 = 3   <- 3 with an outcome but not read
                DETAILS
                """,
                Mistake.TABLES),
        THE_FOLD_NEVER_GETS_THE_ENTRY_OF_THE_WRITER(
                WRITE,
                Tampered.entries(entry -> List.of()),
                """
                  kafka/TOPIC-0                            read 3 = nothing = 0   <- 3 without an outcome
                      read 3, positions 0 to 3
                """,
                "");

        private static final String SPLIT =
                """
                  kafka/TOPIC-0                            read 3 = routed 4 - copied 3 + quarantined 2
                """;

        private static final String DETAILS =
                """
                      routed 2 sales.orders
                      routed 2 sales.refunds
                      copied 3
                      quarantined 1 sales.orders (invalid-value)
                      quarantined 1 sales.refunds (invalid-value)
                """;

        private static final String TABLES =
                """
                  sales.firn_quarantine                    routed 2 = in files 2
                  sales.orders                             routed 2 = in files 2
                  sales.refunds                            routed 2 = in files 2
                """;

        private final String operator;
        private final Change change;
        private final String split;
        private final String tables;

        Mistake(String operator, Change change, String split, String tables) {
            this.operator = operator;
            this.change = change;
            this.split = split;
            this.tables = tables;
        }

        private String sheet(FakeTopic topic) {
            return Altered.sheet((split + tables).replace("DETAILS\n", DETAILS), topic);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopTheJobAndShowWhere(Mistake mistake) throws Exception {
        topic.produce(0, "1a", "1b", "1bad");
        StreamGraph graph = cluster.translate(plan, settings());
        Tampered.emits(graph, mistake.operator, mistake.change);

        Throwable failure = failure(graph);

        assertThat(failure).rootCause().hasMessage(mistake.sheet(topic));
        nothingIsKept(failure);
    }

    @Test
    void aRecordThatTheReaderSkipsStopsTheJob() throws Exception {
        topic.produce(0, "1a", "1b", "1c");
        topic.skip(0, 1);

        Throwable failure = failure(cluster.translate(plan, settings()));

        assertThat(failure)
                .rootCause()
                .hasMessage("our bug: kafka/" + topic.name() + "-0 was read from position 0 to 1, then the record at"
                        + " position 2 came: the source has not said what became of those between");
        nothingIsKept(failure);
    }

    /** What a subtask read and wrote is gone from both sides, so that epoch's sums hold; its positions are missing. */
    @Test
    void allThatASubtaskSaidAtABarrierIsMissedByTheNextEpoch() throws Exception {
        topic.produce(0, "1a", "1b");
        StreamGraph graph = cluster.translate(plan, settings());
        Tampered.emits(graph, COUNT, new ForgetsTheSecond());
        Tampered.emits(graph, WRITE, new ForgetsTheSecond());
        LocalJob job = cluster.submit(graph, Optional.empty());
        lake.awaitRows(ORDERS, 2);
        topic.produce(0, "1c");
        ForgetsTheSecond.FORGOTTEN.acquire(2);
        topic.produce(0, "1d");

        Throwable failure = failure(job);

        assertThat(failure)
                .rootCause()
                .hasMessage("kafka/" + topic.name() + "-0 was read from position 3 on, but the ledger has it only up to"
                        + " 2: the rows between would be missing");
    }

    private static final class ForgetsTheSecond implements Change {
        private static final long serialVersionUID = 1L;

        /** One a forgotten entry; jobs of a test run in its own process. */
        private static final Semaphore FORGOTTEN = new Semaphore(0);

        private int entries;

        @Override
        public List<?> instead(Object value) {
            if (!(value instanceof LedgerEntry) || ++entries != 2) {
                return List.of(value);
            }
            FORGOTTEN.release();
            return List.of();
        }
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

    private void nothingIsKept(Throwable failure) {
        assertThat(ExceptionUtils.findThrowable(failure, SuppressRestartsException.class))
                .isPresent();
        assertThat(lake.openings()).as("two writers and a committer, once").isEqualTo(3);
        assertThat(lake.ledger().epochs()).isEmpty();
        assertThat(lake.events()).isEmpty();
        assertThat(lake.leaks()).isZero();
    }
}

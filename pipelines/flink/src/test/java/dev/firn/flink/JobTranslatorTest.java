package dev.firn.flink;

import static dev.firn.flink.testing.Records.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.FakeTopic;
import dev.firn.flink.testing.Plans;
import dev.firn.flink.write.PlannedUnique;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.plan.PlanNode;
import dev.firn.plan.RuleSettings;
import dev.firn.plan.SourcePlan;
import dev.firn.plan.TableAction;
import dev.firn.plan.TableCommits;
import dev.firn.plan.TablePlan;
import dev.firn.plan.against.Comparison;
import dev.firn.plan.against.NotAPlan;
import dev.firn.plan.against.StoredPlan;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.source.StartPositions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.jobgraph.DistributionPattern;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class JobTranslatorTest {

    private static final FakeLake LAKE = FakeLake.create();
    private static final PipelinePlan ONE_SOURCE = Plans.of(LAKE, Map.of("kafka", FakeTopic.create(1)), ORDERS);
    private static final PipelinePlan TWO_SOURCES =
            Plans.of(LAKE, Map.of("kafka", FakeTopic.create(1), "archive", FakeTopic.create(1)), ORDERS);

    private static StreamGraph graph(PipelinePlan plan, Configuration configuration) {
        return graph(plan, configuration, JobSettings.Restarts.BOUNDED);
    }

    private static StreamGraph graph(PipelinePlan plan, Configuration configuration, JobSettings.Restarts restarts) {
        JobSettings settings = new JobSettings(1, StartPositions.none(), restarts);
        return new JobTranslator(plan, settings, JobTranslatorTest.class.getClassLoader()).translate(configuration);
    }

    @Test
    void knowsTheTablesAndStreamsOfThePlanThatWentAlong() {
        String json =
                "{\"tables\":[{\"name\":\"shop.orders\"},{\"name\":\"shop.refunds\"}],\"sources\":[{\"name\":\"crm\"},"
                        + "{\"name\":\"events\",\"streams\":[\"orders\",\"refunds\"]}]}";
        String tooLong = "x".repeat(PlanParameters.MOST_CHARACTERS + 1);

        assertThat(PlanParameters.tables(PlanParameters.of("h", json).toMap()))
                .containsExactly(new TableName("shop.orders"), new TableName("shop.refunds"));
        assertThat(PlanParameters.tables(PlanParameters.of("h", tooLong).toMap()))
                .isEmpty();
        assertThat(PlanParameters.streams(PlanParameters.of("h", json).toMap()))
                .isEqualTo(Map.of("events", Set.of("orders", "refunds"), "crm", Set.of()));
        assertThat(PlanParameters.streams(PlanParameters.of("h", tooLong).toMap()))
                .isEmpty();
        assertThat(PlanParameters.streams(Map.of())).isEmpty();
        assertThat(PlanParameters.tables(Map.of())).isEmpty();
    }

    private static List<String> vertices(PipelinePlan plan) {
        JobGraph graph = graph(plan, new Configuration()).getJobGraph();
        return Arrays.stream(graph.getVerticesAsArray()).map(JobVertex::getName).toList();
    }

    /** A table has to have all that was read before a writer starts, and only a new run waits for that. */
    @Test
    void aJobWithATableThatTakesRowsOnceIsNotStartedAgain() {
        UniqueRows rows = new UniqueRows(List.of("id"), "at", Duration.ofHours(1), 1 << 20);
        TablePlan table = new TablePlan(
                ORDERS,
                TableAction.UNKNOWN,
                List.of("kafka/orders"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                TableCommits.DEFAULT,
                EvolutionPolicy.usual(),
                RuleSettings.NOTHING,
                List.of(),
                Optional.of(rows),
                false);
        PipelinePlan plan = new PipelinePlan(
                ONE_SOURCE.pipeline(),
                ONE_SOURCE.parallelism(),
                ONE_SOURCE.maxParallelism(),
                ONE_SOURCE.checkpointInterval(),
                ONE_SOURCE.flink(),
                ONE_SOURCE.sources(),
                ONE_SOURCE.routes(),
                List.of(table),
                ONE_SOURCE.tablesByValue(),
                ONE_SOURCE.sink(),
                ONE_SOURCE.nodes());

        assertThat(graph(plan, new Configuration()).getExecutionConfig().getRestartStrategy())
                .isInstanceOf(RestartStrategies.NoRestartStrategyConfiguration.class);
        assertThat(PlannedUnique.in(plan).of(ORDERS)).contains(rows);
        assertThat(PlannedUnique.in(plan).isEmpty()).isFalse();
        assertThat(PlannedUnique.in(ONE_SOURCE).isEmpty()).isTrue();
    }

    @Test
    void givesEveryOperatorTheNameAndUidOfThePlan() {
        StreamGraph graph = graph(TWO_SOURCES, new Configuration());
        assertThat(graph.getJobName()).isEqualTo("shop");
        assertThat(graph.getStreamNodes())
                .extracting(node -> node.getTransformationUID() + " " + name(node))
                .containsExactlyInAnyOrder(TWO_SOURCES.nodes().stream()
                        .map(node -> node.uid() + " " + node.name())
                        .toArray(String[]::new));
        assertThat(graph.getExecutionConfig().hasAutoGeneratedUIDsEnabled()).isFalse();
    }

    @Test
    void carriesThePlanAndItsHashWhereFlinkShowsThem() throws NotAPlan {
        Map<String, String> shown = graph(TWO_SOURCES, new Configuration())
                .getExecutionConfig()
                .getGlobalJobParameters()
                .toMap();

        assertThat(shown).containsOnlyKeys("firn.plan", "firn.plan-hash");
        assertThat(shown).containsEntry("firn.plan-hash", PlanJson.hash(TWO_SOURCES));
        StoredPlan carried = StoredPlan.read(shown.getOrDefault("firn.plan", ""));
        assertThat(Comparison.of(carried, StoredPlan.of(TWO_SOURCES)).differences())
                .isEmpty();
    }

    @Test
    void carriesTheHashAloneOfAPlanThatIsTooLarge() {
        String most = "x".repeat(PlanParameters.MOST_CHARACTERS);

        assertThat(PlanParameters.of("h", most).toMap()).containsEntry("firn.plan", most);
        assertThat(PlanParameters.of("h", most + "x").toMap())
                .containsEntry("firn.plan-hash", "h")
                .containsEntry("firn.plan", "left out: it has 524289 characters, and at most 524288 go along");
    }

    /** Flink puts the type in front of what a source is called. */
    private static String name(StreamNode node) {
        return node.getOperatorName().replaceFirst("^Source: ", "");
    }

    @Test
    void readsCountsAndWritesInOneTaskWhereThereIsOneSource() {
        assertThat(vertices(ONE_SOURCE))
                .containsExactlyInAnyOrder("Source: read kafka -> count kafka -> write tables", "commit epochs");
    }

    @Test
    void countsRightBehindEachSourceWhereThereAreSeveral() {
        assertThat(vertices(TWO_SOURCES))
                .containsExactlyInAnyOrder(
                        "Source: read archive -> count archive",
                        "Source: read kafka -> count kafka",
                        "write tables",
                        "commit epochs");
    }

    @Test
    void gathersBehindTheWritersWhereThePlanSaysSo() {
        PipelinePlan gathering = Plans.gathering(LAKE, Map.of("kafka", FakeTopic.create(1)), ORDERS);

        JobGraph graph = graph(gathering, new Configuration()).getJobGraph();

        assertThat(graph.getVertices())
                .extracting(JobVertex::getName)
                .containsExactlyInAnyOrder(
                        "Source: read kafka -> count kafka -> write tables", "write gathered", "commit epochs");
        assertThat(graph.getVertices())
                .filteredOn(vertex -> vertex.getName().equals("write gathered"))
                .singleElement()
                .satisfies(vertex -> {
                    assertThat(vertex.getParallelism()).isEqualTo(2);
                    assertThat(vertex.getInputs()).singleElement().satisfies(input -> assertThat(
                                    input.getDistributionPattern())
                            .isEqualTo(DistributionPattern.ALL_TO_ALL));
                });
    }

    @Test
    void runsAsParallelAsThePlanSaysAndCommitsInOnePlace() {
        JobGraph graph = graph(TWO_SOURCES, new Configuration()).getJobGraph();
        assertThat(graph.getVerticesAsArray()).hasSize(4);
        for (JobVertex vertex : graph.getVertices()) {
            boolean commits = vertex.getName().equals("commit epochs");
            assertThat(vertex.getParallelism()).as(vertex.getName()).isEqualTo(commits ? 1 : 2);
            assertThat(vertex.getMaxParallelism()).as(vertex.getName()).isEqualTo(commits ? 1 : 128);
        }
    }

    @Test
    void uidsDependNeitherOnTheOrderOfSourcesNorOnTables() {
        assertThat(TWO_SOURCES.nodes()).extracting(PlanNode::uid).doesNotHaveDuplicates();
        assertThat(graph(ONE_SOURCE, new Configuration()).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .isSubsetOf(graph(TWO_SOURCES, new Configuration()).getStreamNodes().stream()
                        .map(StreamNode::getTransformationUID)
                        .toList());
    }

    @Test
    void setsCheckpointsWhateverTheClusterIsConfiguredFor() {
        Configuration hostile = new Configuration();
        hostile.setString("execution.checkpointing.mode", "AT_LEAST_ONCE");
        hostile.setString("execution.checkpointing.unaligned", "true");
        hostile.setString("execution.checkpointing.interval", "7 min");
        hostile.setString("execution.checkpointing.max-concurrent-checkpoints", "3");
        hostile.setString("execution.checkpointing.externalized-checkpoint-retention", "DELETE_ON_CANCELLATION");
        hostile.setString("pipeline.auto-generate-uids", "true");
        hostile.setString("pipeline.generic-types", "true");
        hostile.setString("parallelism.default", "7");

        StreamGraph graph = graph(ONE_SOURCE, hostile);
        CheckpointCoordinatorConfiguration checkpoints =
                graph.getJobGraph().getCheckpointingSettings().getCheckpointCoordinatorConfiguration();

        assertThat(checkpoints.isExactlyOnce()).isTrue();
        assertThat(checkpoints.isUnalignedCheckpointsEnabled()).isFalse();
        assertThat(checkpoints.getCheckpointInterval()).isEqualTo(100);
        assertThat(checkpoints.getMinPauseBetweenCheckpoints()).isEqualTo(50);
        assertThat(checkpoints.getMaxConcurrentCheckpoints()).isEqualTo(1);
        assertThat(checkpoints.getTolerableCheckpointFailureNumber()).isEqualTo(10);
        assertThat(checkpoints.getCheckpointRetentionPolicy())
                .isEqualTo(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION);
        ExecutionConfig execution = graph.getExecutionConfig();
        assertThat(execution.hasGenericTypesDisabled()).isTrue();
        assertThat(execution.hasAutoGeneratedUIDsEnabled()).isFalse();
        assertThat(execution.getParallelism()).isEqualTo(2);
    }

    @Test
    void boundsRestarts() {
        assertThat(graph(ONE_SOURCE, new Configuration()).getExecutionConfig().getRestartStrategy())
                .isInstanceOfSatisfying(RestartStrategies.FailureRateRestartStrategyConfiguration.class, strategy -> {
                    assertThat(strategy.getMaxFailureRate()).isEqualTo(5);
                    assertThat(strategy.getFailureInterval().toMilliseconds()).isEqualTo(600_000);
                    assertThat(strategy.getDelayBetweenAttemptsInterval().toMilliseconds())
                            .isEqualTo(5_000);
                });
        assertThat(graph(ONE_SOURCE, new Configuration(), JobSettings.Restarts.NEVER)
                        .getExecutionConfig()
                        .getRestartStrategy())
                .isInstanceOf(RestartStrategies.NoRestartStrategyConfiguration.class);
    }

    @Test
    void takesAnotherBoundFromWhoeverSubmits() {
        JobSettings.Restarts often = new JobSettings.Restarts(1000, Duration.ofMinutes(3), Duration.ofMillis(250));

        assertThat(graph(ONE_SOURCE, new Configuration(), often)
                        .getExecutionConfig()
                        .getRestartStrategy())
                .isInstanceOfSatisfying(RestartStrategies.FailureRateRestartStrategyConfiguration.class, strategy -> {
                    assertThat(strategy.getMaxFailureRate()).isEqualTo(1000);
                    assertThat(strategy.getFailureInterval().toMilliseconds()).isEqualTo(180_000);
                    assertThat(strategy.getDelayBetweenAttemptsInterval().toMilliseconds())
                            .isEqualTo(250);
                });
        assertThatThrownBy(() -> new JobSettings.Restarts(-1, Duration.ofMinutes(3), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a job can't start again -1 times");
    }

    @Test
    void refusesASourceThatNobodyTranslates() {
        PipelinePlan plan = ONE_SOURCE;
        PipelinePlan foreign = new PipelinePlan(
                plan.pipeline(),
                plan.parallelism(),
                plan.maxParallelism(),
                plan.checkpointInterval(),
                plan.flink(),
                List.of(new SourcePlan(
                        "kafka",
                        "pigeons",
                        "none",
                        List.of("a"),
                        new TreeMap<>(),
                        plan.sink().options())),
                plan.routes(),
                plan.tables(),
                plan.tablesByValue(),
                plan.sink(),
                plan.nodes());
        assertThatThrownBy(() -> graph(foreign, new Configuration()))
                .hasMessage("our bug: no translator for the source type pigeons");
    }
}

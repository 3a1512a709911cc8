package dev.firn.flink.resume;

import static dev.firn.flink.testing.Records.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.JobSettings;
import dev.firn.flink.JobTranslator;
import dev.firn.flink.local.LocalCluster;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.local.LocalJob;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.FakeTopic;
import dev.firn.flink.testing.Plans;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.source.StartPositions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reads what Flink has really written. */
@Timeout(120)
class StateReaderTest {

    @TempDir
    Path folder;

    private final FakeLake lake = FakeLake.create();

    /** More partitions than the job has subtasks, so that a state has several of them behind each other. */
    private final FakeTopic orders = FakeTopic.create(3);

    private final FakeTopic refunds = FakeTopic.create(1);

    private static StateReader reader(PipelinePlan plan) {
        JobSettings nothing = new JobSettings(0, StartPositions.none(), JobSettings.Restarts.NEVER);
        return new StateReader(plan, new JobTranslator(plan, nothing, StateReaderTest.class.getClassLoader()));
    }

    private String savepoint(PipelinePlan plan) throws Exception {
        LocalFolders folders = LocalFolders.beside(folder.resolve("pipeline.yaml"), plan.pipeline());
        try (LocalCluster cluster = LocalCluster.start(plan, folders, SystemReferences.ofThisProcess())) {
            orders.produce(0, "1a", "1b");
            orders.produce(1, "1c");
            orders.produce(2, "1f");
            refunds.produce(0, "1d");
            long run = lake.ledger().claimRun();
            LocalJob job = cluster.submit(
                    plan, new JobSettings(run, StartPositions.none(), JobSettings.Restarts.NEVER), Optional.empty());
            lake.awaitRows(ORDERS, 5);
            orders.produce(1, "1e");
            return LocalFolders.asFlinkPath(job.stopWithSavepoint(folders.savepoints()));
        }
    }

    @Test
    void findsThePositionsOfAllSourcesAndTheEpochsOnTheirWay() throws Exception {
        PipelinePlan both = Plans.of(lake, Map.of("kafka", orders, "other", refunds), ORDERS);
        String savepoint = savepoint(both);

        SavedState state = reader(both).read(savepoint);

        assertThat(ids(state))
                .isEqualTo(Map.of(
                        "kafka/" + orders.name() + "-0", 2L,
                        "kafka/" + orders.name() + "-1", 2L,
                        "kafka/" + orders.name() + "-2", 1L,
                        "other/" + refunds.name() + "-0", 1L));
        assertThat(state.positions()).isEqualTo(new TreeMap<>(lake.ledger().positions()));
        assertThat(state.epochs()).extracting(Epoch::number).last().isEqualTo((long)
                lake.ledger().epochs().size());
        assertThat(state.strangers()).isZero();
        assertThat(state.run()).isEqualTo(1);

        PipelinePlan one = Plans.of(lake, Map.of("kafka", orders), ORDERS);
        SavedState less = reader(one).read(savepoint);
        assertThat(ids(less))
                .containsOnlyKeys(
                        "kafka/" + orders.name() + "-0",
                        "kafka/" + orders.name() + "-1",
                        "kafka/" + orders.name() + "-2");
        assertThat(less.strangers())
                .as("the reader and the tap of the other source")
                .isEqualTo(2);
    }

    private static Map<String, Long> ids(SavedState state) {
        return state.positions().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().id(), Map.Entry::getValue));
    }

    @Test
    void refusesWhatIsNoState() throws IOException {
        PipelinePlan plan = Plans.of(lake, Map.of("kafka", orders), ORDERS);
        Files.writeString(folder.resolve("_metadata"), "no state");
        String named = LocalFolders.asFlinkPath(folder);

        assertThatThrownBy(() -> reader(plan).read(named))
                .isInstanceOf(StateRefused.class)
                .hasMessageStartingWith("`" + folder + "` is no checkpoint and no savepoint that can be read: ");
    }
}

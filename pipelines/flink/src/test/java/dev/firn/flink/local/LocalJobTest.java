package dev.firn.flink.local;

import static dev.firn.flink.testing.Records.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.JobSettings;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.FakeTopic;
import dev.firn.flink.testing.Plans;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.StartPositions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job in Flink, once: what the harness of single operators can't show. */
@Timeout(120)
class LocalJobTest {

    @TempDir
    Path folder;

    private final FakeLake lake = FakeLake.create();
    private final FakeTopic topic = FakeTopic.create(3);

    private JobSettings claim() {
        long run = lake.ledger().claimRun();
        return new JobSettings(run, StartPositions.of(lake.ledger().read().positions()), JobSettings.Restarts.BOUNDED);
    }

    private void hasEveryRecordOnce() {
        List<String> rows = lake.rows(ORDERS);
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(rows)).isEqualTo(new TreeSet<>(topic.rows("kafka", "schema 1")));
    }

    @Test
    void writesEachRecordOnceOverStopsCancelsLostStateAndFailures() throws Exception {
        PipelinePlan plan = Plans.of(lake, Map.of("kafka", topic), ORDERS);
        LocalFolders folders = LocalFolders.beside(folder.resolve("my shop/pipeline.yaml"), plan.pipeline());
        try (LocalCluster cluster = LocalCluster.start(plan, folders, SystemReferences.ofThisProcess())) {
            topic.produce(0, "1a", "1b");
            topic.produce(1, "1c");
            LocalJob first = cluster.submit(plan, claim(), Optional.empty());
            lake.awaitRows(ORDERS, 3);
            topic.produce(0, "1d");
            Path savepoint = first.stopWithSavepoint(folders.savepoints());
            assertThat(savepoint).isDirectory().hasParent(folders.savepoints());
            assertThat(folders.newestState()).contains(savepoint);
            assertThat(first.ended().join()).isEmpty();
            hasEveryRecordOnce();
            assertThat(lake.leaks()).isZero();

            topic.produce(2, "1e", "1f");
            LocalJob second = cluster.submit(plan, claim(), Optional.of(LocalFolders.asFlinkPath(savepoint)));
            lake.awaitRows(ORDERS, 6);
            lake.faults().once("stage", new OutsideException("the disk is full for a moment"));
            topic.produce(1, "1g");
            lake.awaitRows(ORDERS, 7);
            second.cancel();
            assertThat(folders.newestState().orElseThrow().startsWith(folders.checkpoints()))
                    .isTrue();

            topic.produce(0, "1h");
            LocalJob third = cluster.submit(plan, claim(), Optional.empty());
            lake.awaitRows(ORDERS, 8);
            third.cancel();
            hasEveryRecordOnce();
        }
        assertThat(lake.leaks()).isZero();
    }

    @Test
    void stopsWithoutARestartWhereARecordIsLost() throws Exception {
        PipelinePlan plan = Plans.of(lake, Map.of("kafka", topic), ORDERS);
        LocalFolders folders = LocalFolders.beside(folder.resolve("pipeline.yaml"), plan.pipeline());
        try (LocalCluster cluster = LocalCluster.start(plan, folders, SystemReferences.ofThisProcess())) {
            topic.produce(0, "1a", "1lost");
            LocalJob job = cluster.submit(plan, claim(), Optional.empty());
            Throwable failure = job.ended().join().orElseThrow();
            assertThat(ExceptionUtils.findThrowable(failure, SuppressRestartsException.class))
                    .isPresent();
            assertThat(failure)
                    .hasStackTraceContaining(
                            "sales.orders                             routed 2 = in files 1   <- 1 missing in the files");
            assertThatThrownBy(() -> job.stopWithSavepoint(folders.savepoints()))
                    .hasCause(failure);
            assertThat(lake.ledger().epochs()).isEmpty();
            assertThat(lake.rows(ORDERS)).isEmpty();
        }
        assertThat(lake.openings()).isEqualTo(3);
    }

    @Test
    void aJobThatIsBeingStartedSaysAtOnceThatItCanNotMakeASavepoint() throws Exception {
        PipelinePlan plan = Plans.of(lake, Map.of("kafka", topic), ORDERS);
        LocalFolders folders = LocalFolders.beside(folder.resolve("pipeline.yaml"), plan.pipeline());
        CountDownLatch open = new CountDownLatch(1);
        try (LocalCluster cluster = LocalCluster.start(plan, folders, SystemReferences.ofThisProcess())) {
            topic.produce(0, "1a");
            JobSettings settings = claim();
            lake.faults().meanwhile("open", () -> awaitOpen(open));
            LocalJob job = cluster.submit(plan, settings, Optional.empty());
            while (job.status() != JobStatus.RUNNING) {
                Thread.onSpinWait();
            }
            long asked = System.nanoTime();
            assertThatThrownBy(() -> job.stopWithSavepoint(folders.savepoints()))
                    .hasStackTraceContaining("Not all required tasks are currently running");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LocalJob.END);

            open.countDown();
            lake.awaitRows(ORDERS, 1);
            assertThat(job.stopWithSavepoint(folders.savepoints())).isDirectory();
            hasEveryRecordOnce();
        }
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

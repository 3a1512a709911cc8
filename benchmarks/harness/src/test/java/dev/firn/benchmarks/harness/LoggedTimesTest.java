package dev.firn.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedTimesTest {

    @Test
    void readsWhatFlinkAndIcebergSayOfTheirTimes(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("log"),
                """
                21:14:59.016 INFO  CheckpointCoordinator - Triggering checkpoint 1 (type=CheckpointType{name='Checkpoint'})
                21:14:59.108 INFO  CheckpointCoordinator - Completed checkpoint 1 for job 9d2c (3034 bytes, checkpointDuration=92 ms, finalizationTime=8 ms).
                21:15:15.298 INFO  LoggingMetricsReporter - Received metrics report: CommitReport{tableName=hadoop.a.b, snapshotId=1, operation=append, commitMetrics=CommitMetricsResult{totalDuration=TimerResult{timeUnit=NANOSECONDS, totalDuration=PT0.028640208S, count=1}, attempts=CounterResult{unit=COUNT, value=1}}}
                21:15:16.000 INFO  LoggingMetricsReporter - Received metrics report: ScanReport{scanMetrics=ScanMetricsResult{totalPlanningDuration=TimerResult{timeUnit=NANOSECONDS, totalDuration=PT3S, count=1}}}
                """);

        assertThat(LoggedTimes.CHECKPOINTS.millis(log)).containsExactly(92.0);
        assertThat(LoggedTimes.COMMITS.millis(log)).containsExactly(28.640208);
    }
}

package dev.firn.flink;

import java.time.Duration;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/**
 * Checkpoints as Firn's sums need them: exactly-once and aligned. They are set in code and checked again where operators
 * start, because in application mode the cluster's configuration decides.
 */
public final class CheckpointSettings {

    /** A checkpoint may fail now and then without taking the job along; its records go with the next. */
    private static final int TOLERATED_FAILURES = 10;

    private CheckpointSettings() {}

    static void apply(CheckpointConfig config, Duration interval) {
        config.setCheckpointInterval(interval.toMillis());
        config.setCheckpointingMode(CheckpointingMode.EXACTLY_ONCE);
        config.enableUnalignedCheckpoints(false);
        config.setMinPauseBetweenCheckpoints(interval.toMillis() / 2);
        config.setMaxConcurrentCheckpoints(1);
        config.setTolerableCheckpointFailureNumber(TOLERATED_FAILURES);
        config.setExternalizedCheckpointCleanup(CheckpointConfig.ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION);
    }

    /** Throws where a cluster's configuration has won over the job's. */
    public static void verify(StreamTask<?, ?> task) {
        StreamConfig config = new StreamConfig(task.getEnvironment().getTaskConfiguration());
        if (config.getCheckpointMode() != CheckpointingMode.EXACTLY_ONCE) {
            throw new IllegalStateException(
                    "the cluster runs this job without exactly-once checkpoints; remove execution.checkpointing.mode from its configuration");
        }
        if (config.isUnalignedCheckpointsEnabled()) {
            throw new IllegalStateException(
                    "the cluster runs this job with unaligned checkpoints, whose barriers overtake records, so that no epoch adds up;"
                            + " remove execution.checkpointing.unaligned from its configuration");
        }
    }
}

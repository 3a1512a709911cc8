package dev.firn.benchmarks.flink;

import dev.firn.benchmarks.measure.Work;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink in this process: each job gets a small cluster of its own, on 127.0.0.1 and ports that the system gives out. */
final class LocalFlink {

    private static final String HERE = "127.0.0.1";

    private LocalFlink() {}

    /** A job's environment; the first failure ends the job, since a restart would hide it. */
    static StreamExecutionEnvironment environment(Work work) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, HERE);
        configuration.set(RestOptions.BIND_ADDRESS, HERE);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(JobManagerOptions.ADDRESS, HERE);
        configuration.set(JobManagerOptions.BIND_HOST, HERE);
        configuration.set(TaskManagerOptions.BIND_HOST, HERE);
        // What the Kafka client and Hadoop leave running would only be warned of at a job's end.
        configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(work.parallelism(), configuration);
        environment.enableCheckpointing(work.commitInterval().toMillis());
        environment.setRestartStrategy(RestartStrategies.noRestart());
        return environment;
    }
}

package dev.firn.flink.local;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.JobSettings;
import dev.firn.flink.JobTranslator;
import dev.firn.plan.PipelinePlan;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Flink in this process, on 127.0.0.1 only, with its web page. */
public final class LocalCluster implements AutoCloseable {

    private static final int RETAINED_CHECKPOINTS = 3;

    private final MiniCluster cluster;
    private final Configuration configuration;

    private LocalCluster(MiniCluster cluster, Configuration configuration) {
        this.cluster = cluster;
        this.configuration = configuration;
    }

    public static LocalCluster start(PipelinePlan plan, LocalFolders folders, ReferenceResolver references)
            throws Exception {
        Configuration configuration = configuration(plan, folders, references);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(plan.parallelism())
                .build());
        cluster.start();
        return new LocalCluster(cluster, configuration);
    }

    private static Configuration configuration(PipelinePlan plan, LocalFolders folders, ReferenceResolver references) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(JobManagerOptions.ADDRESS, "127.0.0.1");
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, LocalFolders.asFlinkPath(folders.checkpoints()));
        configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, LocalFolders.asFlinkPath(folders.savepoints()));
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, 2000L);
        // One job, one process: the loader's guard against leaks across jobs only warns at the end.
        configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        configuration.set(ClusterOptions.INTERCEPT_USER_SYSTEM_EXIT, ClusterOptions.UserSystemExitMode.DISABLED);
        plan.flink().forEach((key, value) -> configuration.setString(key, value.resolve(references)));
        return configuration;
    }

    /**
     * Submits the job, from a state where one is given. State of a source that the file does not have any more is left
     * behind: what it knows is in the ledger.
     */
    public LocalJob submit(PipelinePlan plan, JobSettings settings, Optional<String> state) throws Exception {
        return submit(translate(plan, settings), state);
    }

    StreamGraph translate(PipelinePlan plan, JobSettings settings) {
        return new JobTranslator(plan, settings, LocalCluster.class.getClassLoader()).translate(configuration);
    }

    LocalJob submit(StreamGraph job, Optional<String> state) throws Exception {
        JobGraph graph = job.getJobGraph();
        state.ifPresent(folder -> graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(folder, true)));
        try {
            cluster.submitJob(graph).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return new LocalJob(cluster, graph.getJobID());
    }

    /** Where Flink's web page is. */
    public URI webPage() {
        return cluster.getRestAddress().join();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}

package dev.firn.it.testing.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.cli.run.ClaimedRun;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.JobSettings;
import dev.firn.flink.JobTranslator;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** A pipeline's job on a cluster: plan, claim, translate, submit, in the order in which {@code firn run} does it. */
public final class SubmittedPipeline implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestClusterClient<StandaloneClusterId> client;
    private final URI rest;
    private final PipelinePlan plan;
    private final Lake lake;
    private final JobID id;

    private SubmittedPipeline(
            RestClusterClient<StandaloneClusterId> client, URI rest, PipelinePlan plan, Lake lake, JobID id) {
        this.client = client;
        this.rest = rest;
        this.plan = plan;
        this.lake = lake;
        this.id = id;
    }

    public static SubmittedPipeline submit(URI rest, Path file, JobSettings.Restarts restarts) throws Exception {
        ClassLoader loader = ClusterFolder.loader();
        Connectors connectors = Connectors.load(loader);
        PipelineDefinition definition = value(PipelineReader.read(file, connectors));
        Diagnostics opening = new Diagnostics();
        LivePlanContext context =
                LivePlanContext.open(definition, connectors, SystemReferences.ofThisProcess(), opening);
        Lake lake = context.lake()
                .orElseThrow(() -> new IllegalStateException(opening.inOrder().toString()));
        PipelinePlan plan = value(Planner.plan(definition, connectors, context));
        ClaimedRun run = ClaimedRun.of(plan, lake, List.of());
        JobGraph graph = new JobTranslator(plan, run.settings(restarts), loader)
                .translate(new Configuration())
                .getJobGraph();
        RestClusterClient<StandaloneClusterId> client =
                new RestClusterClient<>(configuration(rest), StandaloneClusterId.getInstance());
        return new SubmittedPipeline(
                client, rest, plan, lake, client.submitJob(graph).get());
    }

    private static Configuration configuration(URI rest) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, rest.getHost());
        configuration.set(RestOptions.PORT, rest.getPort());
        return configuration;
    }

    private static <T> T value(Checked<T> checked) {
        return checked.value()
                .orElseThrow(
                        () -> new IllegalStateException(checked.diagnostics().toString()));
    }

    public PipelinePlan plan() {
        return plan;
    }

    /** The lake as this process sees it; no window stops it, for none is about this process. */
    public Lake lake() {
        return lake;
    }

    public JobStatus status() throws ExecutionException, InterruptedException {
        return client.getJobStatus(id).get();
    }

    /** Why the job ended, if it did. */
    public String failure() {
        return page("exceptions").path("root-exception").asText("");
    }

    /** The newest checkpoint that has completed; 0 before the first. */
    public long completedCheckpoint() {
        return page("checkpoints").path("latest").path("completed").path("id").asLong(0);
    }

    /** How many times the job has started again. */
    public long restarts() {
        return page("metrics?get=numRestarts").path(0).path("value").asLong(0);
    }

    private JsonNode page(String name) {
        try {
            return JSON.readTree(rest.resolve("/jobs/" + id + "/" + name).toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops without draining; answers where the savepoint is. */
    public String stop(Path savepoints) throws ExecutionException, InterruptedException {
        String savepoint = client.stopWithSavepoint(
                        id, false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        client.requestJobResult(id).get();
        return savepoint;
    }

    @Override
    public void close() {
        client.close();
        lake.close();
    }
}

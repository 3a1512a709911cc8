package dev.firn.flink.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job in a {@link LocalCluster}. */
public final class LocalJob {

    private final MiniCluster cluster;
    private final JobID id;
    private final CompletableFuture<Optional<Throwable>> ended;

    LocalJob(MiniCluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
        this.ended = cluster.requestJobResult(id)
                .thenApply(result -> result.getSerializedThrowable()
                        .map(failure -> failure.deserializeError(LocalJob.class.getClassLoader())));
    }

    public String id() {
        return id.toString();
    }

    public JobStatus status() {
        return cluster.getJobStatus(id).join();
    }

    /** Completes when the job has ended; with the failure, if it ended with one. */
    public CompletableFuture<Optional<Throwable>> ended() {
        return ended;
    }

    /**
     * Stops after a savepoint, without draining: sources stay unfinished, so the job can go on from it.
     *
     * @return where the savepoint is
     */
    public Path stopWithSavepoint(Path folder) throws InterruptedException, ExecutionException {
        String location = cluster.stopWithSavepoint(
                        id, folder.toUri().toString(), false, SavepointFormatType.CANONICAL)
                .get();
        ended.get();
        return Path.of(java.net.URI.create(location));
    }

    /** Ends the job at once; what the last checkpoint confirmed stays. */
    public void cancel() throws InterruptedException, ExecutionException {
        cluster.cancelJob(id).get();
        ended.get();
    }
}

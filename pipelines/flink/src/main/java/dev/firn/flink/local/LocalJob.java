package dev.firn.flink.local;

import dev.firn.flink.commit.LiveCommits;
import dev.firn.flink.commit.TableHealth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.util.ExceptionUtils;

/** A job in a {@link LocalCluster}. */
public final class LocalJob {

    /** How long a job that could not be stopped may take to end with its reason. */
    static final Duration END = Duration.ofSeconds(10);

    private final MiniCluster cluster;
    private final JobID id;
    private final CompletableFuture<Optional<Throwable>> ended;

    LocalJob(MiniCluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
        this.ended = cluster.requestJobResult(id).thenApply(result -> result.getSerializedThrowable()
                .map(failure -> failure.deserializeError(LocalJob.class.getClassLoader())));
    }

    public String id() {
        return id.toString();
    }

    /** How its tables fare; empty while its committer is being started. */
    public List<TableHealth> tables() {
        return LiveCommits.of(id).map(LiveCommits::tables).orElse(List.of());
    }

    /** How writing its ledger goes; empty while its committer is being started. */
    public Optional<LiveCommits.LedgerHealth> ledger() {
        return LiveCommits.of(id).map(LiveCommits::ledger);
    }

    public JobStatus status() {
        return cluster.getJobStatus(id).join();
    }

    /** Completes when the job has ended; with the failure, if it ended with one. */
    public CompletableFuture<Optional<Throwable>> ended() {
        return ended;
    }

    /**
     * Stops after a savepoint, without draining: sources stay unfinished, so the job can go on from it. A job that fails
     * meanwhile says why it failed, not why it could not be stopped. One that is only not ready for it yet says so at once.
     *
     * @return where the savepoint is
     */
    public Path stopWithSavepoint(Path folder) throws InterruptedException, ExecutionException {
        try {
            String location = cluster.stopWithSavepoint(
                            id, LocalFolders.asFlinkPath(folder), false, SavepointFormatType.CANONICAL)
                    .get();
            ended.get();
            return LocalFolders.ofFlinkPath(location);
        } catch (ExecutionException notStopped) {
            if (neverBegun(notStopped) && status() == JobStatus.RUNNING) {
                throw notStopped;
            }
            throw failure().map(ExecutionException::new).orElse(notStopped);
        }
    }

    /** Whether the savepoint was refused before any task heard of it, as it is while tasks are being started. */
    private static boolean neverBegun(ExecutionException notStopped) {
        return ExceptionUtils.findThrowable(notStopped, CheckpointException.class)
                .filter(refused -> refused.getCheckpointFailureReason().isPreFlight())
                .isPresent();
    }

    private Optional<Throwable> failure() throws InterruptedException, ExecutionException {
        try {
            return ended.get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException running) {
            return Optional.empty();
        }
    }

    /** Ends the job at once; what the last checkpoint confirmed stays. */
    public void cancel() throws InterruptedException, ExecutionException {
        cluster.cancelJob(id).get();
        ended.get();
    }
}

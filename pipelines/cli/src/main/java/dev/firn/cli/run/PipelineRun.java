package dev.firn.cli.run;

import dev.firn.flink.JobSettings;
import dev.firn.flink.local.CatchUp;
import dev.firn.flink.local.LocalCluster;
import dev.firn.flink.local.LocalFolders;
import dev.firn.spi.ledger.LedgerState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a planned pipeline in this process: makes its tables, claims a run, starts the job where it left off, and hands it
 * to a {@link RunWatch}.
 */
public final class PipelineRun {

    private final PlannedPipeline pipeline;
    private final RunOptions options;
    private final Observer observer;
    private final LocalFolders folders;
    private final CompletableFuture<RunResult.End> stop = new CompletableFuture<>();

    public PipelineRun(PlannedPipeline pipeline, RunOptions options, Observer observer) {
        this.pipeline = pipeline;
        this.options = options;
        this.observer = observer;
        this.folders = LocalFolders.beside(
                pipeline.definition().file(), pipeline.plan().pipeline());
    }

    /** Asks for an orderly stop with a savepoint; may be called from any thread. */
    public void interrupt() {
        stop.complete(RunResult.End.INTERRUPTED);
    }

    /**
     * Runs until stopped, caught up or failed.
     *
     * @throws NothingToResume if there is no state and the options want one
     * @throws AlreadyRunning if another process runs it from the same folder
     */
    public RunResult run() throws Exception {
        try (RunLock lock = RunLock.take(folders)) {
            return runAlone();
        }
    }

    private RunResult runAlone() throws Exception {
        Optional<Path> newest = folders.newestState();
        if (options.resume() == ResumeFrom.STATE && newest.isEmpty()) {
            throw new NothingToResume("there is no checkpoint and no savepoint under `" + folders.root()
                    + "`; `--resume ledger` goes on from the ledger");
        }
        try (SourceEnds ends = new SourceEnds(pipeline)) {
            // Before the job starts, so that what comes while it does is not waited for.
            Optional<CatchUp> goal =
                    options.filled().isDone() ? Optional.of(new CatchUp(ends.now())) : Optional.empty();
            ClaimedRun run = ClaimedRun.of(pipeline.plan(), pipeline.lake());
            Optional<Path> state = chosen(newest, run.before());
            JobSettings settings = run.settings(JobSettings.Restarts.BOUNDED);
            try (LocalCluster cluster = LocalCluster.start(pipeline.plan(), folders, pipeline.references())) {
                RunWatch watch = new RunWatch(
                        cluster.submit(pipeline.plan(), settings, state),
                        new RunWatch.Told(pipeline.lake(), run.before().lastEpoch(), observer),
                        ends,
                        goal,
                        options);
                observer.says("run " + run.number() + " started");
                observer.webPage(cluster.webPage());
                ends.keepAsking();
                return watch.untilStopped(stop, folders.savepoints());
            }
        }
    }

    private Optional<Path> chosen(Optional<Path> newest, LedgerState ledger) {
        if (options.resume() == ResumeFrom.LEDGER || newest.isEmpty()) {
            observer.says(
                    ledger.lastEpoch() == 0
                            ? "starts from the beginning: neither a checkpoint nor the ledger knows a position"
                            : "goes on from the ledger, behind epoch " + ledger.lastEpoch());
            return Optional.empty();
        }
        observer.says("goes on from " + newest.get() + "; the ledger ends with epoch " + ledger.lastEpoch());
        return newest;
    }
}

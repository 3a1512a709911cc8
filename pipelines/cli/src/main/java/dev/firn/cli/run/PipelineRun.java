package dev.firn.cli.run;

import dev.firn.flink.local.CatchUp;
import dev.firn.flink.local.LocalCluster;
import dev.firn.flink.local.LocalFolders;
import dev.firn.spi.source.SplitRange;
import java.util.List;
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
    private final Submission.Check last;
    private final CompletableFuture<RunResult.End> stop = new CompletableFuture<>();

    public PipelineRun(PlannedPipeline pipeline, RunOptions options, Observer observer) {
        this(pipeline, options, observer, () -> {});
    }

    /** @param last looks, right before the pipeline is claimed, whether it runs elsewhere */
    public PipelineRun(PlannedPipeline pipeline, RunOptions options, Observer observer, Submission.Check last) {
        this.last = last;
        this.pipeline = pipeline;
        this.options = options;
        this.observer = observer;
        this.folders = LocalFolders.beside(
                pipeline.definition().file(), pipeline.definition().stateName());
    }

    /** Asks for an orderly stop with a savepoint; may be called from any thread. */
    public void interrupt() {
        stop.complete(RunResult.End.INTERRUPTED);
    }

    /**
     * Runs until stopped, caught up or failed.
     *
     * @throws NothingToResume if there is no state and the options want one
     * @throws RunRefused if rows would be lost or doubled, unless the options allow it
     * @throws AlreadyRunning if another process runs it from the same folder
     */
    public RunResult run() throws Exception {
        // Before there is a folder, a ledger or a table: an unsuited key would be found out with the first bad record.
        pipeline.plan().sink().payload().kept(pipeline.references());
        try (RunLock lock = RunLock.take(folders)) {
            return runAlone();
        }
    }

    private RunResult runAlone() throws Exception {
        ResumePoint resume = ResumePoint.of(pipeline.plan(), options.resume(), StatePlace.here(folders));
        try (SourceEnds ends = new SourceEnds(pipeline)) {
            // Before the job starts, so that what comes while it does is not waited for.
            List<SplitRange> live = ends.now();
            Optional<CatchUp> goal = options.filled().isDone() ? Optional.of(new CatchUp(live)) : Optional.empty();
            last.check();
            ReadyRun run = ReadyRun.of(pipeline, options.allowed(), resume, live);
            run.sentences().forEach(observer::says);
            try (LocalCluster cluster = LocalCluster.start(pipeline.plan(), folders, pipeline.references())) {
                RunWatch watch = new RunWatch(
                        cluster.submit(pipeline.plan(), run.settings(), run.state()),
                        new RunWatch.Told(pipeline.lake(), run.after(), run.detached(), observer),
                        ends,
                        goal,
                        options);
                observer.says("run " + run.settings().run() + " started");
                observer.webPage(cluster.webPage());
                ends.keepAsking();
                return watch.untilStopped(stop, folders.savepoints());
            }
        }
    }
}

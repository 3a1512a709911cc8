package dev.firn.cli.run;

import dev.firn.cli.EndedReplay;
import dev.firn.flink.JobSettings;
import dev.firn.flink.commit.Reattachment;
import dev.firn.flink.local.CatchUp;
import dev.firn.flink.local.LocalCluster;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.write.PlannedUnique;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
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
    private final CompletableFuture<RunResult.End> stop = new CompletableFuture<>();

    public PipelineRun(PlannedPipeline pipeline, RunOptions options, Observer observer) {
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
        ResumePoint resume = ResumePoint.of(pipeline.plan(), options.resume(), folders);
        try (SourceEnds ends = new SourceEnds(pipeline)) {
            // Before the job starts, so that what comes while it does is not waited for.
            List<SplitRange> live = ends.now();
            Optional<CatchUp> goal = options.filled().isDone() ? Optional.of(new CatchUp(live)) : Optional.empty();
            LedgerState found = pipeline.lake().ledger().read();
            List<TableName> dropped = refuseIfItDoesNotFit(resume, found, live);
            ClaimedRun run = ClaimedRun.of(pipeline.plan(), pipeline.lake(), dropped);
            dropped.forEach(table -> pipeline.lake().startBehind(table, found.lastEpoch()));
            List<Reattachment.Outcome> detached = new Reattachment(pipeline.lake(), run.number()).run();
            endReplay();
            ResumePoint.Chosen chosen = resume.chosen(run.before());
            chosen.sentences().forEach(observer::says);
            DetachedLines.atStart(detached).forEach(observer::says);
            PausedLines.of(pipeline).forEach(observer::says);
            JobSettings settings = run.settings(JobSettings.Restarts.BOUNDED);
            if (options.allowed().contains(Allowed.PARTITION_CUT_OFF)) {
                settings = settings.lettingLastRecordsGo();
            }
            try (LocalCluster cluster = LocalCluster.start(pipeline.plan(), folders, pipeline.references())) {
                RunWatch watch = new RunWatch(
                        cluster.submit(pipeline.plan(), settings, chosen.state()),
                        new RunWatch.Told(
                                pipeline.lake(), run.before().lastEpoch(), DetachedLines.told(detached), observer),
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

    /** What somebody puts back into a table by an older file is no row that its writers would know of. */
    private void endReplay() throws InterruptedException {
        PlannedUnique unique = PlannedUnique.in(pipeline.plan());
        if (!unique.isEmpty()) {
            EndedReplay.of(pipeline.lake(), table -> unique.of(table).isPresent());
        }
    }

    /**
     * Before anything is changed, the claim of a run included, which would end one that is under way.
     *
     * @return tables that were dropped, and may be
     */
    private List<TableName> refuseIfItDoesNotFit(ResumePoint resume, LedgerState ledger, List<SplitRange> live)
            throws RunRefused {
        resume.chosen(ledger);
        BeforeTheRun checks = new BeforeTheRun(pipeline, options.allowed(), ledger);
        checks.checkQuarantine();
        checks.checkSources(live);
        return checks.checkTables();
    }
}

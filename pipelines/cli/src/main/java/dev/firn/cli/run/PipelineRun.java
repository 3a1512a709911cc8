package dev.firn.cli.run;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.JobSettings;
import dev.firn.flink.commit.RollForward;
import dev.firn.flink.local.CatchUp;
import dev.firn.flink.local.LocalCluster;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.local.LocalJob;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TableAction;
import dev.firn.plan.TablePlan;
import dev.firn.spi.Connectors;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StartPositions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a planned pipeline in this process: makes its tables, claims a run, starts the job where it left off, watches the
 * ledger, and stops with a savepoint.
 */
public final class PipelineRun {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final PipelineDefinition definition;
    private final PipelinePlan plan;
    private final Lake lake;
    private final Connectors connectors;
    private final ReferenceResolver references;
    private final RunOptions options;
    private final Observer observer;
    private final LocalFolders folders;
    private final CompletableFuture<RunResult.End> stop = new CompletableFuture<>();

    public PipelineRun(
            PipelineDefinition definition,
            PipelinePlan plan,
            Lake lake,
            Connectors connectors,
            ReferenceResolver references,
            RunOptions options,
            Observer observer) {
        this.definition = definition;
        this.plan = plan;
        this.lake = lake;
        this.connectors = connectors;
        this.references = references;
        this.options = options;
        this.observer = observer;
        this.folders = LocalFolders.beside(definition.file(), plan.pipeline());
    }

    /** Asks for an orderly stop with a savepoint; may be called from any thread. */
    public void interrupt() {
        stop.complete(RunResult.End.INTERRUPTED);
    }

    public RunResult run() throws Exception {
        createTables();
        Ledger ledger = lake.ledger();
        LedgerState before = ledger.read();
        Optional<Path> state = stateToResume(before);
        CatchUp goal = new CatchUp(ranges());
        long run = ledger.claimRun();
        JobSettings settings =
                new JobSettings(run, StartPositions.of(before.positions()), JobSettings.Restarts.BOUNDED);
        Account account = new Account(before.lastEpoch());
        try (LocalCluster cluster = LocalCluster.start(plan, folders, references)) {
            LocalJob job = cluster.submit(plan, settings, state);
            observer.says("run " + run + " started");
            observer.webPage(cluster.webPage());
            return watch(job, ledger, goal, account);
        }
    }

    private void createTables() {
        for (TablePlan table : plan.tables()) {
            if (table.action() == TableAction.CREATE) {
                lake.create(table.spec());
            }
        }
        if (lake.table(plan.sink().names().quarantine()).isEmpty()) {
            lake.create(lake.quarantineTable());
        }
    }

    private Optional<Path> stateToResume(LedgerState ledger) throws Exception {
        Optional<Path> newest = folders.newestState();
        if (options.resume() == ResumeFrom.STATE && newest.isEmpty()) {
            throw new NothingToResume("there is no checkpoint and no savepoint under `" + folders.root()
                    + "`; `--resume ledger` goes on from the ledger");
        }
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

    private List<SplitRange> ranges() {
        List<SplitRange> ranges = new ArrayList<>();
        for (SourceDefinition source : definition.sources()) {
            try (SourceInspector inspector = connectors.source(source.type()).inspect(source, references)) {
                ranges.addAll(inspector.ranges());
            }
        }
        return ranges;
    }

    private RunResult watch(LocalJob job, Ledger ledger, CatchUp goal, Account account) throws Exception {
        Meter meter = new Meter();
        while (true) {
            Optional<Throwable> failure = failureWithin(job, LOOK);
            if (failure.isPresent()) {
                return new RunResult(RunResult.End.FAILED, account, Optional.empty(), failure);
            }
            LedgerState now = ledger.read();
            if (now.lastEpoch() > account.lastEpoch()) {
                account.add(ledger.since(account.lastEpoch()));
                meter.epochSeen();
            }
            long lag = goal.lag(now);
            observer.at(meter.progress(account.total(Account.Line::written), lag));
            if (options.until() == RunOptions.Until.CAUGHT_UP && lag == 0) {
                stop.complete(RunResult.End.CAUGHT_UP);
            }
            if (stop.isDone()) {
                return stopped(job, ledger, account, stop.join());
            }
        }
    }

    private static Optional<Throwable> failureWithin(LocalJob job, Duration time) throws Exception {
        try {
            Optional<Throwable> failure = job.ended().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(failure.orElseGet(() -> new IllegalStateException(
                    "the job ended by itself, which a Firn job never does: " + job.status())));
        } catch (TimeoutException running) {
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        }
    }

    private RunResult stopped(LocalJob job, Ledger ledger, Account account, RunResult.End end) throws Exception {
        Path savepoint = job.stopWithSavepoint(folders.savepoints());
        // The savepoint's own epoch is in the ledger by now or in the savepoint; what is in the ledger goes to its tables.
        new RollForward(lake).run();
        account.add(ledger.since(account.lastEpoch()));
        return new RunResult(end, account, Optional.of(savepoint), Optional.empty());
    }
}

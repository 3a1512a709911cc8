package dev.firn.cli.run;

import dev.firn.flink.commit.RollForward;
import dev.firn.flink.commit.RollForward.OpenTable;
import dev.firn.flink.commit.TableHealth;
import dev.firn.flink.local.CatchUp;
import dev.firn.flink.local.LocalJob;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.UnknownRows;
import dev.firn.spi.source.WaitingSplits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at a job and its ledger twice a second, tells what it sees, and stops the job when it is time to. */
final class RunWatch {

    private static final Duration LOOK = Duration.ofMillis(500);

    /** A job that has just started, or is between two attempts, can't make a savepoint at once. */
    private static final Duration UNTIL_SAVEPOINT = Duration.ofMinutes(10);

    /**
     * Where the sums come from and go to.
     *
     * @param after the ledger's last epoch before this run
     * @param detached tables that are, which was said
     */
    record Told(Lake lake, long after, Set<TableName> detached, Observer observer) {}

    private final LocalJob job;
    private final Lake lake;
    private final LedgerWatch ledger;
    private final Observer observer;
    private final SourceEnds ends;
    private final RunOptions options;
    private final Account account;
    private final Meter meter = new Meter();
    private final GoneTables gone = new GoneTables();
    private final HeldLines held = new HeldLines(ZoneId.systemDefault());
    private final DetachedLines detached;
    private final Grievances grievances;
    private Optional<CatchUp> goal;

    RunWatch(LocalJob job, Told told, SourceEnds ends, Optional<CatchUp> goal, RunOptions options) {
        this.job = job;
        this.lake = told.lake();
        this.ledger = new LedgerWatch(lake.ledger(), told.after());
        this.observer = told.observer();
        this.detached = new DetachedLines(ZoneId.systemDefault(), told.detached());
        this.ends = ends;
        this.goal = goal;
        this.options = options;
        this.account = new Account(told.after());
        this.grievances = new Grievances(observer);
    }

    /** Returns when the job has ended: by itself, because it has caught up, or because {@code stop} asked for it. */
    RunResult untilStopped(CompletableFuture<RunResult.End> stop, Path savepoints) throws Exception {
        try (LedgerWatch looking = ledger) {
            looking.keepLooking();
            while (true) {
                Optional<Throwable> failure = failureWithin(LOOK);
                if (failure.isPresent()) {
                    return failed(failure.get());
                }
                count();
                grievances.ofSources(ends.complaint());
                ends.newStreams().forEach(observer::says);
                grievances.ofLedger(ledger.complaint());
                job.ledger().ifPresent(grievances::ofLedgerWrites);
                grievances.ofSchemas(WaitingSplits.now());
                grievances.ofUnknownRows(UnknownRows.now());
                List<TableHealth> tables = job.tables();
                held.of(tables, Instant.now()).forEach(observer::says);
                detached.of(tables).forEach(observer::says);
                tellProgress();
                if (options.until() == RunOptions.Until.CAUGHT_UP && caughtUp()) {
                    stop.complete(RunResult.End.CAUGHT_UP);
                }
                if (stop.isDone()) {
                    return stopped(stop.join(), savepoints);
                }
            }
        }
    }

    private void count() {
        List<Epoch> epochs = ledger.newEpochs();
        if (!epochs.isEmpty()) {
            account.add(epochs);
            LostPositions.sentences(epochs).forEach(observer::says);
            gone.sentences(epochs).forEach(observer::says);
            meter.epochSeen();
        }
    }

    /** The account of all that is in the ledger, as far as it can be seen. */
    private Account finalAccount() throws InterruptedException {
        Optional<String> blind = ledger.lookForTheLastTime();
        count();
        blind.ifPresent(reason -> observer.says("the account ends with epoch " + account.lastEpoch() + ": " + reason));
        return account;
    }

    private RunResult failed(Throwable failure) throws InterruptedException {
        return new RunResult(RunResult.End.FAILED, finalAccount(), Optional.empty(), Optional.of(failure), List.of());
    }

    private boolean caughtUp() throws Exception {
        if (goal.isEmpty() && options.filled().isDone()) {
            // Throws where filling has failed.
            options.filled().get();
            goal = Optional.of(new CatchUp(ends.now()));
        }
        // The ledger may be there already while writers still wait for a table that has not got what it says.
        return UnknownRows.now().isEmpty()
                && ledger.newest()
                        .flatMap(now -> goal.filter(end -> end.lag(now) == 0))
                        .isPresent();
    }

    private void tellProgress() {
        Optional<CatchUp> end = ends.newest().map(CatchUp::new).or(() -> goal);
        long written = account.total(Account.Line::written);
        ledger.newest().ifPresent(now -> end.ifPresent(known -> observer.at(meter.progress(written, known.lag(now)))));
    }

    private Optional<Throwable> failureWithin(Duration time) throws InterruptedException {
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

    private RunResult stopped(RunResult.End end, Path savepoints) throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        while (true) {
            try {
                Path savepoint = job.stopWithSavepoint(savepoints);
                return rolledForward(end, Optional.of(savepoint));
            } catch (ExecutionException notNow) {
                Optional<Throwable> failure = failureWithin(LOOK);
                if (failure.isPresent()) {
                    return failed(failure.get());
                }
                if (System.nanoTime() - begun > UNTIL_SAVEPOINT.toNanos()) {
                    job.cancel();
                    return rolledForward(end, Optional.empty());
                }
            }
        }
    }

    /** The last epoch is in the ledger by now, or in the savepoint; what is in the ledger goes to its tables. */
    private RunResult rolledForward(RunResult.End end, Optional<Path> savepoint) throws InterruptedException {
        try {
            List<OpenTable> open = new RollForward(lake).run();
            return new RunResult(end, finalAccount(), savepoint, Optional.empty(), open);
        } catch (RuntimeException blind) {
            observer.says("what is in the ledger is not yet in all tables; the next run takes it there");
            // Whoever asked to be told when all is there is told that it is not; whoever pressed Ctrl-C gets what they
            // asked.
            boolean asked = end == RunResult.End.CAUGHT_UP;
            return new RunResult(
                    asked ? RunResult.End.FAILED : end,
                    finalAccount(),
                    savepoint,
                    asked ? Optional.of(blind) : Optional.empty(),
                    List.of());
        }
    }
}

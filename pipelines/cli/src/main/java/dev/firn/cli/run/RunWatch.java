package dev.firn.cli.run;

import dev.firn.flink.commit.RollForward;
import dev.firn.flink.local.CatchUp;
import dev.firn.flink.local.LocalJob;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.sink.Lake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at a job and its ledger twice a second, tells what it sees, and stops the job when it is time to. */
final class RunWatch {

    private static final Duration LOOK = Duration.ofMillis(500);

    /** A job that has just started, or is between two attempts, can't make a savepoint at once. */
    private static final int SAVEPOINT_ATTEMPTS = 60;

    /**
     * Where the sums come from and go to.
     *
     * @param after the ledger's last epoch before this run
     */
    record Told(Lake lake, long after, Observer observer) {}

    private final LocalJob job;
    private final Lake lake;
    private final Ledger ledger;
    private final Observer observer;
    private final SourceEnds ends;
    private final RunOptions options;
    private final Account account;
    private final Meter meter = new Meter();
    private Optional<CatchUp> goal;
    private Optional<String> complaint = Optional.empty();

    RunWatch(LocalJob job, Told told, SourceEnds ends, Optional<CatchUp> goal, RunOptions options) {
        this.job = job;
        this.lake = told.lake();
        this.ledger = lake.ledger();
        this.observer = told.observer();
        this.ends = ends;
        this.goal = goal;
        this.options = options;
        this.account = new Account(told.after());
    }

    /** Returns when the job has ended: by itself, because it has caught up, or because {@code stop} asked for it. */
    RunResult untilStopped(CompletableFuture<RunResult.End> stop, Path savepoints) throws Exception {
        while (true) {
            Optional<Throwable> failure = failureWithin(LOOK);
            if (failure.isPresent()) {
                account.add(ledger.since(account.lastEpoch()));
                return new RunResult(RunResult.End.FAILED, account, Optional.empty(), failure);
            }
            LedgerState now = ledger.read();
            if (now.lastEpoch() > account.lastEpoch()) {
                account.add(ledger.since(account.lastEpoch()));
                meter.epochSeen();
            }
            tellOfSources();
            tellProgress(now);
            if (options.until() == RunOptions.Until.CAUGHT_UP && caughtUp(now)) {
                stop.complete(RunResult.End.CAUGHT_UP);
            }
            if (stop.isDone()) {
                return stopped(stop.join(), savepoints);
            }
        }
    }

    private boolean caughtUp(LedgerState now) throws Exception {
        if (goal.isEmpty() && options.filled().isDone()) {
            // Throws where filling has failed.
            options.filled().get();
            goal = Optional.of(new CatchUp(ends.now()));
        }
        return goal.filter(end -> end.lag(now) == 0).isPresent();
    }

    private void tellProgress(LedgerState now) {
        Optional<CatchUp> end = ends.newest().map(CatchUp::new).or(() -> goal);
        long written = account.total(Account.Line::written);
        end.ifPresent(known -> observer.at(meter.progress(written, known.lag(now))));
    }

    private void tellOfSources() {
        Optional<String> now = ends.complaint();
        if (now.isPresent() && complaint.isEmpty()) {
            observer.says(now.get() + "; the job waits for them");
        } else if (now.isEmpty() && complaint.isPresent()) {
            observer.says("all sources answer again");
        }
        complaint = now;
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
        for (int attempt = 1; ; attempt++) {
            try {
                Path savepoint = job.stopWithSavepoint(savepoints);
                // The savepoint's own epoch is in the ledger by now; what is in the ledger goes to its tables.
                new RollForward(lake).run();
                account.add(ledger.since(account.lastEpoch()));
                return new RunResult(end, account, Optional.of(savepoint), Optional.empty());
            } catch (ExecutionException notNow) {
                Optional<Throwable> failure = failureWithin(LOOK);
                if (failure.isPresent()) {
                    account.add(ledger.since(account.lastEpoch()));
                    return new RunResult(RunResult.End.FAILED, account, Optional.empty(), failure);
                }
                if (attempt == SAVEPOINT_ATTEMPTS) {
                    job.cancel();
                    account.add(ledger.since(account.lastEpoch()));
                    return new RunResult(end, account, Optional.empty(), Optional.empty());
                }
            }
        }
    }
}

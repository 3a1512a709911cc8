package dev.firn.cli;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.quarantine.ReplayText;
import dev.firn.definition.table.Decision;
import dev.firn.flink.outlook.Outlook;
import dev.firn.flink.replay.Replayed;
import dev.firn.flink.replay.RewindUnderWay;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.flink.write.PlannedRules;
import dev.firn.plan.SourcePlan;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.evolution.DecidedPauses;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.OlderRecordsWait;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.PausedTable.Bringer;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Has a table go on that waits for a decision about a schema.
 *
 * @param decision about what the file says {@code pause-table} of; empty where the file has to say something else by now
 */
record TableResumption(ReplayRun replay, Lake lake, TableName table, Optional<Decision> decision, Duration patience) {

    /** How long a running job may take until it sees that a table goes on, besides the interval of its checkpoints. */
    private static final Duration SEES_IT_WITHIN = Duration.ofSeconds(6);

    /** A job that checkpoints faster than a pass takes would have another one come for ever. */
    private static final int MOST_PASSES = 5;

    private static final Duration LOOK = Duration.ofMillis(500);

    /** Waits for a job that may be running. */
    TableResumption(ReplayRun replay, Lake lake, TableName table, Optional<Decision> decision) {
        this(replay, lake, table, decision, replay.plan().checkpointInterval().plus(SEES_IT_WITHIN));
    }

    /** Answers with an exit code. */
    int run() throws Exception {
        if (lake.table(table).isEmpty()) {
            replay.screen().progress("firn: there is no table `" + table + "`");
            return ExitCode.NO;
        }
        EvolutionPolicies file = PlannedPolicies.in(replay.plan());
        EvolutionPolicies policies = decision.<EvolutionPolicies>map(asked -> new DecidedPauses(file, table, asked))
                .orElse(file);
        Optional<PausedTable> paused = lake.paused(table);
        if (paused.isPresent() && paused.get().by().isEmpty()) {
            replay.screen()
                    .progress("firn: " + table + " waits, and nothing was changed: "
                            + paused.get().reason());
            return ExitCode.NO;
        }
        List<Replayed> passes = new ArrayList<>();
        if (paused.isPresent()) {
            // Before anything is decided that only a replay ends.
            replay.requireReadable(lake, waiting());
            // Only now: it makes a ledger where none is.
            new RewindUnderWay(lake).refuse();
            replay.screen()
                    .progress(table + " has waited since "
                            + AuditText.time(paused.get().at()) + " UTC: "
                            + paused.get().reason());
            int code = decide(paused.get(), policies);
            if (code != ExitCode.DONE) {
                return code;
            }
            putBackFirst(file, passes);
            lake.resume(table);
            replay.screen().progress(table + " goes on");
        }
        boolean again = !finish(file, passes, paused.isPresent());
        Optional<Replayed> replayed = passes.stream().reduce((before, last) -> last.after(before));
        if (replayed.isEmpty()) {
            replay.screen()
                    .progress(
                            paused.isPresent()
                                    ? "no record has waited for it"
                                    : "`" + table + "` does not wait for a decision, and no record waits for it");
            return again ? ExitCode.NO : ExitCode.DONE;
        }
        replay.screen()
                .result(ReplayText.write(
                        replay.plan().sink().names(),
                        replayed.get(),
                        "--code " + RejectCode.TABLE_PAUSED.word() + " --table " + table + " "
                                + replay.file().arguments()));
        return replayed.get().refused() == 0 && !again ? ExitCode.DONE : ExitCode.NO;
    }

    /** What has waited comes to the table while new records of a running job still wait, until nothing more is found. */
    private void putBackFirst(EvolutionPolicies file, List<Replayed> passes) throws Exception {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            Pass made = pass(file);
            made.replayed().ifPresent(passes::add);
            if (made.replayed().filter(some -> some.putBack() > 0).isEmpty()) {
                return;
            }
        }
    }

    /**
     * Goes on putting back while a running job may still send records to quarantine; what it reads for the table behind them waits.
     *
     * @param waits whether somebody may be running who has not yet seen that the pause has ended
     * @return false if the table is paused again
     */
    private boolean finish(EvolutionPolicies file, List<Replayed> passes, boolean waits) throws Exception {
        if (!waits && lake.table(replay.plan().sink().names().ledger()).isEmpty()) {
            // Nobody has ever written anything, and nobody is to find a ledger who only asks.
            return true;
        }
        if (!waits && !lake.isResuming(table)) {
            pass(file).replayed().ifPresent(passes::add);
            if (lake.paused(table).isPresent()) {
                return pausedAgain();
            }
            if (!lake.isResuming(table)) {
                return true;
            }
        }
        long start = System.nanoTime();
        while (true) {
            Pass made = pass(file);
            made.replayed().ifPresent(passes::add);
            boolean again = lake.paused(table).isPresent();
            if (again) {
                if (made.replayed().filter(some -> some.refused() > 0).isEmpty()) {
                    // Else it may be what has paused the table that was not put back, and that goes before all newer.
                    lake.putBack(table, made.through());
                }
                return pausedAgain();
            }
            if (made.isWhole()) {
                lake.resumed(table, made.through());
                if (!comes(made.through(), start)) {
                    return true;
                }
            } else {
                lake.putBack(table, made.through());
            }
        }
    }

    private boolean pausedAgain() {
        replay.screen()
                .progress("firn: " + table
                        + " waits again, for another schema: decide about that, with the same command");
        return false;
    }

    /** Waits for an epoch behind one of which records wait for the table; false if none comes while there is time. */
    private boolean comes(long behind, long start) throws InterruptedException {
        long seen = behind;
        while (true) {
            boolean[] some = {false};
            long[] last = {seen};
            lake.ledger().history(seen, written -> {
                some[0] |= written.epoch().outcomes().stream().anyMatch(this::waits);
                last[0] = written.epoch().number();
            });
            seen = last[0];
            long left = patience.toNanos() - (System.nanoTime() - start);
            if (some[0] && left > -patience.toNanos()) {
                return true;
            }
            if (left <= 0) {
                if (some[0]) {
                    replay.screen()
                            .progress(
                                    "a running job does not see that " + table + " goes on: what is newer than what it"
                                            + " sends to quarantine waits until the same command is run again");
                }
                return false;
            }
            replay.screen().live("waiting for what a running job may still send to quarantine");
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK.toNanos(), left));
        }
    }

    private boolean waits(OutcomeCount count) {
        return count.outcome() == Outcome.QUARANTINED
                && count.reason().equals(RejectCode.TABLE_PAUSED.word())
                && count.table().equals(table.full());
    }

    /**
     * What one look at the ledger has led to.
     *
     * @param through the epochs up to this one are in the table, and then what waited of them
     * @param isWhole whether the ledger had no other
     * @param replayed empty where nothing waited
     */
    private record Pass(long through, boolean isWhole, Optional<Replayed> replayed) {}

    /** Takes to the table what the ledger has, as far as nothing older waits, and then puts back what waits of these epochs. */
    private Pass pass(EvolutionPolicies file) throws Exception {
        new RewindUnderWay(lake).refuse();
        LedgerState known = lake.ledger().read();
        rollForward(known, replay.plan().sink().names().quarantine());
        long through = rollForward(known, table);
        Map<Split, Long> ends = new HashMap<>(known.positions());
        for (int at = known.open().size() - 1; at >= 0; at--) {
            Epoch epoch = known.open().get(at);
            if (epoch.number() > through) {
                epoch.progress().forEach(progress -> ends.put(progress.split(), progress.from()));
            }
        }
        // By what the file says: of other schemas that wait nobody has decided.
        Optional<Replayed> replayed = replay.run(
                lake,
                replay.tables(lake).decided(table),
                new ReplayRun.Meant(waiting(), record -> record.position() < ends.getOrDefault(record.split(), 0L)),
                file);
        return new Pass(through, through == known.lastEpoch(), replayed);
    }

    /**
     * A running job does the same, and whoever comes second changes nothing.
     *
     * @return the epoch through which that is possible
     */
    private long rollForward(LedgerState known, TableName behind) {
        List<StagedEpoch> open = new ArrayList<>();
        for (Epoch epoch : known.open()) {
            List<StagedFiles> staged = epoch.staged().stream()
                    .filter(files -> files.table().equals(behind))
                    .toList();
            if (!staged.isEmpty()) {
                open.add(new StagedEpoch(epoch.run(), epoch.number(), epoch.planHash(), staged));
            }
        }
        try {
            if (!open.isEmpty()) {
                lake.commit(behind, open);
            }
            return known.lastEpoch();
        } catch (OlderRecordsWait held) {
            return held.firstHeld() - 1;
        }
    }

    private QuarantineSelection waiting() {
        return new QuarantineSelection(
                Set.of(RejectCode.TABLE_PAUSED.word()),
                Set.of(),
                Set.of(table.full()),
                Set.of(),
                Optional.empty(),
                Payload.READ);
    }

    /** Brings the schema into the table, or says why that is not possible. */
    private int decide(PausedTable paused, EvolutionPolicies policies) {
        Bringer by = paused.by().orElseThrow();
        Optional<SourcePlan> source = replay.plan().sources().stream()
                .filter(one -> one.name().equals(by.split().source()))
                .findFirst();
        if (source.isEmpty()) {
            // Nobody is left who could send a record with that schema.
            return ExitCode.DONE;
        }
        List<SchemaLineage> lineages;
        try (Outlook outlook = new Outlook(
                replay.plan().pipeline(), lake, replay.references(), TableResumption.class.getClassLoader())) {
            lineages = outlook.lineages(
                    source.get(),
                    by.split().stream(),
                    by.schemaId(),
                    PlannedRules.in(replay.plan()).of(paused.table()));
        } catch (Rejected unreadable) {
            if (unreadable.code() == RejectCode.SCHEMA_UNAVAILABLE) {
                throw new OutsideException(unreadable.reason());
            }
            // Then its records are refused as they would be anywhere else.
            return ExitCode.DONE;
        }
        Optional<Foreseen> became = lake.decide(paused.table(), lineages, by.record(), new PolicyEvolution(policies));
        if (became.isEmpty() || !(became.get() instanceof Foreseen.Refuses refuses)) {
            return ExitCode.DONE;
        }
        return switch (refuses.decision()) {
            case PAUSE_TABLE -> {
                replay.screen()
                        .progress(
                                "firn: the file still says so, and nothing was changed: let the table follow, with"
                                        + " `--decide apply`, or have the file say something else and start the pipeline with it first");
                yield ExitCode.REFUSED;
            }
            case FAIL -> {
                replay.screen()
                        .progress("firn: the file says that such a change ends the job, and nothing was changed: "
                                + refuses.reason());
                yield ExitCode.NO;
            }
            default -> {
                replay.screen().progress("records of that schema stay in quarantine: " + refuses.reason());
                yield ExitCode.DONE;
            }
        };
    }
}

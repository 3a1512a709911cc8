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
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.PausedTable.Bringer;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has a table go on that waits for a decision about a schema.
 *
 * @param decision about what the file says {@code pause-table} of; empty where the file has to say something else by now
 */
record TableResumption(ReplayRun replay, Lake lake, TableName table, Optional<Decision> decision) {

    /** A job that checkpoints faster than a pass takes would have another one come for ever. */
    private static final int MOST_PASSES = 5;

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
            putBackFirst(file).ifPresent(passes::add);
            lake.resume(table);
            replay.screen().progress(table + " goes on");
        }
        // By what the file says: of other schemas that wait nobody has decided.
        replay.run(lake, waiting(), file).ifPresent(passes::add);
        Optional<Replayed> replayed = passes.stream().reduce((before, last) -> last.after(before));
        if (replayed.isEmpty()) {
            replay.screen()
                    .progress(
                            paused.isPresent()
                                    ? "no record has waited for it"
                                    : "`" + table + "` does not wait for a decision, and no record waits for it");
            return ExitCode.DONE;
        }
        replay.screen()
                .result(ReplayText.write(
                        replay.plan().sink().names(),
                        replayed.get(),
                        "--code " + RejectCode.TABLE_PAUSED.word() + " --table " + table + " "
                                + replay.file().arguments()));
        replay.screen()
                .progress(
                        "a running job sees it within two checkpoints: what comes until then waits, and the same command"
                                + " puts it back");
        return replayed.get().refused() == 0 ? ExitCode.DONE : ExitCode.NO;
    }

    /**
     * What has waited comes to the table while new records of a running job still wait, until nothing more is found. What has waited too
     * long in the ledger comes first: it is older.
     */
    private Optional<Replayed> putBackFirst(EvolutionPolicies file) throws Exception {
        Optional<Replayed> sum = Optional.empty();
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            rollForward(replay.plan().sink().names().quarantine());
            rollForward(table);
            Optional<Replayed> found = replay.run(lake, replay.tables(lake).decided(table), waiting(), file);
            if (found.filter(some -> some.putBack() > 0).isEmpty()) {
                return sum;
            }
            Replayed last = found.get();
            sum = Optional.of(sum.map(last::after).orElse(last));
        }
        return sum;
    }

    /** A running job does the same, and whoever comes second changes nothing. */
    private void rollForward(TableName behind) {
        List<StagedEpoch> open = new ArrayList<>();
        for (Epoch epoch : lake.ledger().read().open()) {
            List<StagedFiles> staged = epoch.staged().stream()
                    .filter(files -> files.table().equals(behind))
                    .toList();
            if (!staged.isEmpty()) {
                open.add(new StagedEpoch(epoch.run(), epoch.number(), epoch.planHash(), staged));
            }
        }
        if (!open.isEmpty()) {
            lake.commit(behind, open);
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

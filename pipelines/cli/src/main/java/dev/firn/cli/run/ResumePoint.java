package dev.firn.cli.run;

import dev.firn.flink.JobSettings;
import dev.firn.flink.JobTranslator;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.resume.Resumption;
import dev.firn.flink.resume.SavedState;
import dev.firn.flink.resume.StateReader;
import dev.firn.flink.write.PlannedUnique;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.StartPositions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a run goes on from, and why: a state of Flink's that fits the ledger, the ledger alone, or nothing. */
final class ResumePoint {

    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]+:.*");

    /**
     * What was decided.
     *
     * @param state its address, as Flink reads it
     * @param sentences for whoever watches
     */
    record Chosen(Optional<String> state, List<String> sentences) {}

    private record Candidate(String address, SavedState state, String why) {}

    private final ResumeFrom resume;
    private final StatePlace place;
    private final TableName ledgerName;
    private final Optional<Candidate> candidate;
    private final boolean ledgerAlone;

    private ResumePoint(ResumeFrom resume, StatePlace place, PipelinePlan plan, Optional<Candidate> candidate) {
        this.resume = resume;
        this.place = place;
        this.ledgerName = plan.sink().names().ledger();
        this.candidate = candidate;
        this.ledgerAlone = goesOnFromTheLedger(plan);
    }

    /** A table with `unique` has to have all that was read before anything more is, and what a state holds is on its way there. */
    private static boolean goesOnFromTheLedger(PipelinePlan plan) {
        return !PlannedUnique.in(plan).isEmpty();
    }

    /**
     * Looks for the state and reads it; the ledger is asked later.
     *
     * @throws NothingToResume if there is no state and the options want one
     */
    static ResumePoint of(PipelinePlan plan, ResumeFrom resume, StatePlace place) throws IOException, NothingToResume {
        Optional<Candidate> candidate = Optional.empty();
        if (goesOnFromTheLedger(plan)) {
            if (resume instanceof ResumeFrom.Savepoint || resume instanceof ResumeFrom.State) {
                throw new NothingToResume("a table of the pipeline has `unique`, and what it has is found in the table"
                        + " itself: it goes on from the ledger, without a state; leave `--resume` out");
            }
        } else if (resume instanceof ResumeFrom.Savepoint savepoint) {
            String address = named(savepoint);
            candidate = Optional.of(new Candidate(address, read(plan, address), "as `--resume` says"));
        } else if (resume instanceof ResumeFrom.StoppedWith stopped && isHere(stopped.savepoint())) {
            String address = LocalFolders.asFlinkPath(Path.of(stopped.savepoint()));
            candidate = Optional.of(new Candidate(address, read(plan, address), "which its job was stopped with"));
        } else if (!(resume instanceof ResumeFrom.LedgerAlone) && !(resume instanceof ResumeFrom.Nothing)) {
            List<Path> states = place.states();
            if (!states.isEmpty()) {
                String newest = LocalFolders.asFlinkPath(states.get(0));
                candidate = Optional.of(new Candidate(newest, read(plan, newest), rank(states)));
            } else if (resume instanceof ResumeFrom.State) {
                throw new NothingToResume(place.nothing() + "; `--resume ledger` goes on from the ledger");
            }
        }
        return new ResumePoint(resume, place, plan, candidate);
    }

    private static boolean isHere(String savepoint) {
        return !ADDRESS.matcher(savepoint).matches()
                && Files.exists(Path.of(savepoint).resolve("_metadata"));
    }

    private static SavedState read(PipelinePlan plan, String address) {
        JobSettings settings = new JobSettings(0, StartPositions.none(), JobSettings.Restarts.NEVER);
        return new StateReader(plan, new JobTranslator(plan, settings, ResumePoint.class.getClassLoader()))
                .read(address);
    }

    private static String named(ResumeFrom.Savepoint savepoint) throws NothingToResume {
        String folder = savepoint.folder();
        if (ADDRESS.matcher(folder).matches()) {
            return folder;
        }
        Path local = Path.of(folder).toAbsolutePath().normalize();
        if (!Files.exists(local.resolve("_metadata"))) {
            throw new NothingToResume("`" + folder + "` is no folder of a checkpoint or savepoint: it has no file"
                    + " `_metadata`; `--resume` takes `state`, `ledger`, `none` or such a folder");
        }
        return LocalFolders.asFlinkPath(local);
    }

    /** {@code the newest of 3 checkpoints and 1 savepoint}. */
    private static String rank(List<Path> states) {
        long checkpoints = states.stream()
                .filter(state -> String.valueOf(state.getFileName()).startsWith("chk-"))
                .count();
        List<String> kinds = new ArrayList<>();
        count(checkpoints, "checkpoint").ifPresent(kinds::add);
        count(states.size() - checkpoints, "savepoint").ifPresent(kinds::add);
        return states.size() == 1
                ? "the only " + (checkpoints == 1 ? "checkpoint" : "savepoint")
                : "the newest of " + String.join(" and ", kinds);
    }

    private static Optional<String> count(long count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what + (count == 1 ? "" : "s"));
    }

    /**
     * Holds the choice against the ledger.
     *
     * @throws RunRefused if everything would be read a second time
     * @throws dev.firn.flink.resume.StateRefused if the state does not fit
     */
    Chosen chosen(LedgerState ledger) throws RunRefused {
        if (candidate.isPresent()) {
            Candidate found = candidate.get();
            Optional<Rewound> rewind = found.state().rewoundSince(ledger);
            if (!(resume instanceof ResumeFrom.Savepoint || resume instanceof ResumeFrom.State) && rewind.isPresent()) {
                return new Chosen(Optional.empty(), List.of(behind(ledger, found.state(), rewind.get())));
            }
            Resumption resumption = Resumption.of(found.state(), ledger, ledgerName);
            return new Chosen(Optional.of(found.address()), resumption.sentences(found.why()));
        }
        return new Chosen(Optional.empty(), List.of(withoutState(ledger)));
    }

    private static String behind(LedgerState ledger, SavedState state, Rewound rewind) {
        return "goes on from the ledger, behind epoch " + ledger.lastEpoch() + ": " + state.folder()
                + " is of before run " + rewind.run() + ", which has taken the ledger back to epoch " + rewind.to();
    }

    private String withoutState(LedgerState ledger) throws RunRefused {
        boolean isEmpty = ledger.lastEpoch() == 0;
        if (resume instanceof ResumeFrom.Nothing) {
            if (!isEmpty) {
                throw new RunRefused(
                        "`--resume none` would read everything again and write it a second time: the ledger `"
                                + ledgerName + "` ends with epoch " + ledger.lastEpoch()
                                + ". Go on from it with `--resume ledger`;"
                                + " to read again on purpose, give the pipeline another `name` and its tables other names");
            }
            return "starts as if nothing had been read, as `--resume` says; the ledger has no epoch either";
        }
        if (isEmpty) {
            return ledgerAlone
                    ? "starts from the beginning: the ledger knows no position"
                    : "starts from the beginning: neither a checkpoint nor the ledger knows a position";
        }
        String why = resume instanceof ResumeFrom.LedgerAlone
                ? "as `--resume` says"
                : ledgerAlone ? "as it always does with `unique`" : place.nothing();
        return "goes on from the ledger, behind epoch " + ledger.lastEpoch() + " (" + why + ")";
    }
}

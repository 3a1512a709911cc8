package dev.firn.cli.run;

import dev.firn.flink.commit.LiveCommits.LedgerHealth;
import java.util.Optional;

/** Says once that something outside does not answer, and once that it answers again. */
final class Grievances {

    private final Observer observer;
    private boolean sourcesAway;
    private boolean ledgerAway;
    private boolean ledgerUnwritable;

    Grievances(Observer observer) {
        this.observer = observer;
    }

    void ofSources(Optional<String> complaint) {
        if (complaint.isPresent() && !sourcesAway) {
            observer.says(complaint.get() + "; the job waits for them");
        } else if (complaint.isEmpty() && sourcesAway) {
            observer.says("all sources answer again");
        }
        sourcesAway = complaint.isPresent();
    }

    void ofLedger(Optional<String> complaint) {
        if (complaint.isPresent() && !ledgerAway) {
            observer.says(complaint.get() + "; the job goes on, and commits when the catalog answers again");
        } else if (complaint.isEmpty() && ledgerAway) {
            observer.says("the catalog answers again");
        }
        ledgerAway = complaint.isPresent();
    }

    /** A committer that has just started does not know yet, so it takes nothing back. */
    void ofLedgerWrites(LedgerHealth ledger) {
        if (!ledger.isTried()) {
            return;
        }
        if (ledger.failure().isPresent() && !ledgerUnwritable) {
            observer.says("the ledger can't be written: " + ledger.failure().get()
                    + "; the job goes on, and commits when it can be");
        } else if (ledger.failure().isEmpty() && ledgerUnwritable) {
            observer.says("the ledger can be written again");
        }
        ledgerUnwritable = ledger.failure().isPresent();
    }
}

package dev.firn.cli.run;

import dev.firn.flink.commit.LiveCommits.LedgerHealth;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.WaitingSplit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says once that something outside does not answer, and once that it answers again. */
final class Grievances {

    private final Observer observer;
    private boolean sourcesAway;
    private boolean ledgerAway;
    private boolean ledgerUnwritable;
    private final Set<Wanted> wanted = new LinkedHashSet<>();

    private final Set<TableName> unknown = new TreeSet<>();

    /** A schema that a stream waits for; its splits come to it one after the other. */
    private record Wanted(String source, String stream, int schemaId) {}

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

    void ofSchemas(List<WaitingSplit> waiting) {
        Set<Wanted> now = new LinkedHashSet<>();
        for (WaitingSplit split : waiting) {
            Wanted schema = new Wanted(split.split().source(), split.split().stream(), split.schemaId());
            now.add(schema);
            if (wanted.add(schema)) {
                observer.says(split.split() + " waits at offset " + split.position() + " for schema id "
                        + split.schemaId() + ": " + split.reason() + "; what needs another schema goes on");
            }
        }
        wanted.removeIf(schema -> {
            boolean goesOn = !now.contains(schema);
            if (goesOn) {
                observer.says(schema.source() + "/" + schema.stream() + " goes on with records of schema id "
                        + schema.schemaId());
            }
            return goesOn;
        });
    }

    /** @param tables of which it is not known which rows they have, and why */
    void ofUnknownRows(Map<TableName, String> tables) {
        tables.forEach((table, reason) -> {
            if (unknown.add(table)) {
                observer.says(table + " has `unique`, and it is not known yet which rows it has: " + reason
                        + "; nothing is written before");
            }
        });
        unknown.removeIf(table -> {
            boolean known = !tables.containsKey(table);
            if (known) {
                observer.says(table + ": it is known which rows it has");
            }
            return known;
        });
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

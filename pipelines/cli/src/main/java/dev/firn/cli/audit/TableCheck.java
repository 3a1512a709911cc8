package dev.firn.cli.audit;

import dev.firn.cli.audit.LedgerTotals.Rows;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One table as it was counted, held against the ledger.
 *
 * @param expected by the ledger
 * @param found empty where the table is gone
 */
public record TableCheck(
        TableName table, Rows expected, Optional<TableRecount> found, Verdict verdict, List<Note> notes) {

    /** How many snapshots of others are named before the rest is a number. */
    private static final int NAMED = 3;

    /** What can be said. */
    public enum Verdict {
        /** Each row that the ledger has is in a file that the pipeline wrote. */
        BALANCES,
        /** There are as many rows as there must be, though others have had their hands on them. */
        BALANCES_IN_NUMBER,
        DIFFERS,
        /** They are not as many, and what would explain it, or not, has expired. */
        UNTOLD;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public TableCheck {
        notes = List.copyOf(notes);
    }

    static TableCheck of(TableName table, Rows expected, Optional<TableRecount> found) {
        if (found.isEmpty()) {
            return new TableCheck(
                    table, expected, found, Verdict.DIFFERS, List.of(Note.wrong("the table is not there")));
        }
        TableRecount recount = found.get();
        List<Note> notes = new ArrayList<>();
        Verdict verdict = numbers(expected, recount, notes);
        if (!recount.marks().complaint().isEmpty()) {
            verdict = Verdict.DIFFERS;
            notes.add(0, Note.wrong("%s", recount.marks().complaint()));
        }
        if (expected.stranded() > 0) {
            verdict = Verdict.DIFFERS;
            notes.add(Note.wrong(
                    "%s went to a table of this name that is gone; the one of now never had them",
                    Note.count(expected.stranded(), "row")));
        }
        if (expected.waiting() > 0) {
            notes.add(Note.says(
                    "%s more are in the ledger and not yet in the table; the pipeline commits them as soon as it can",
                    Note.count(expected.waiting(), "row")));
        }
        if (expected.going() > 0) {
            notes.add(Note.says(
                    "%s of them a rewind takes back; the pipeline's next start does it",
                    Note.count(expected.going(), "row")));
        }
        return new TableCheck(table, expected, found, verdict, notes);
    }

    /** One that the pipeline goes on without, and that can't be asked. */
    static TableCheck uncounted(TableName table, Rows expected, String reason) {
        return new TableCheck(
                table,
                expected,
                Optional.empty(),
                Verdict.UNTOLD,
                List.of(Note.says("it is detached and can't be counted: %s", reason)));
    }

    private static Verdict numbers(Rows expected, TableRecount recount, List<Note> notes) {
        long own = recount.own().rows();
        if (recount.faults().count() > 0) {
            recount.faults().first().forEach(fault -> notes.add(Note.wrong("%s", fault)));
            long more = recount.faults().count() - recount.faults().first().size();
            if (more > 0) {
                notes.add(Note.wrong("and so with %s more", Note.count(more, "file")));
            }
            return Verdict.DIFFERS;
        }
        if (own > expected.inTable()) {
            notes.add(Note.wrong(
                    "%s more than the ledger has are in files of the pipeline",
                    Note.count(own - expected.inTable(), "row")));
            return Verdict.DIFFERS;
        }
        long hidden = recount.hidden().orElse(0);
        if (own == expected.inTable() && (hidden == 0 || allReplaced(recount))) {
            if (hidden > 0) {
                notes.add(replaced(hidden));
            }
            if (recount.others().files() > 0) {
                notes.add(Note.says(
                        "others have added %s in %s, which the ledger does not count",
                        Note.count(recount.others().rows(), "row"),
                        Note.count(recount.others().files(), "file")));
            }
            return Verdict.BALANCES;
        }
        return behindOthers(expected, recount, notes);
    }

    /** Whether nobody but the pipeline has taken rows away. */
    private static boolean allReplaced(TableRecount recount) {
        return recount.replaced()
                && recount.history().snapshots().stream()
                        .allMatch(snapshot -> snapshot.operation().equals("append"));
    }

    private static Note replaced(long rows) {
        return Note.says("%s were replaced or deleted by later records of their keys", Note.count(rows, "row"));
    }

    private static Verdict behindOthers(Rows expected, TableRecount recount, List<Note> notes) {
        TableRecount.History history = recount.history();
        long inFiles = recount.own().rows() + recount.others().rows();
        long net = history.snapshots().stream()
                .mapToLong(snapshot -> snapshot.added() - snapshot.removed())
                .sum();
        long difference = inFiles - expected.inTable() - net;
        boolean allInPlace = recount.own().rows() == expected.inTable();
        if (allInPlace || difference == 0) {
            tellOthers(recount, notes);
            return Verdict.BALANCES_IN_NUMBER;
        }
        notes.add(Note.wrong(
                "%s %s than the ledger and the snapshots of others account for",
                Note.count(Math.abs(difference), "row"), difference < 0 ? "fewer" : "more"));
        tellOthers(recount, notes);
        return history.isWhole() ? Verdict.DIFFERS : Verdict.UNTOLD;
    }

    private static void tellOthers(TableRecount recount, List<Note> notes) {
        List<ForeignSnapshot> changes = recount.history().snapshots().stream()
                .filter(snapshot -> snapshot.added() != 0 || snapshot.removed() != 0)
                .toList();
        changes.stream().limit(NAMED).forEach(snapshot -> notes.add(told(snapshot)));
        if (changes.size() > NAMED) {
            notes.add(Note.says("others have made %,d snapshots more", changes.size() - NAMED));
        }
        if (recount.hidden().orElse(0) > 0) {
            notes.add(
                    recount.replaced()
                            ? replaced(recount.hidden().orElse(0))
                            : Note.says(
                                    "delete files, which the pipeline never writes here, take %s away",
                                    Note.count(recount.hidden().orElse(0), "row")));
        }
        if (recount.others().rows() > 0) {
            notes.add(Note.says(
                    "%s are in files that others have written: which of them are the pipeline's can't be told",
                    Note.count(recount.others().rows(), "row")));
        }
        if (!recount.history().isWhole()) {
            notes.add(Note.says("older snapshots have expired: what others did in them can't be told any more"));
        }
    }

    private static Note told(ForeignSnapshot snapshot) {
        return Note.says(
                "others made snapshot %d (%s) at %s UTC: %,d rows added, %,d taken out",
                snapshot.id(),
                snapshot.operation(),
                AuditText.time(snapshot.at()),
                snapshot.added(),
                snapshot.removed());
    }
}

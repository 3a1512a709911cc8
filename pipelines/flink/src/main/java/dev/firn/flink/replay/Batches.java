package dev.firn.flink.replay;

import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.TableWriters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The records of one epoch, written as they come, table by table, those of one schema together; a row of the quarantine is settled when all of its copies have an end. */
final class Batches {

    private final TableWriters writers;
    private final List<Fate> fates = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();

    /** The last of each table. */
    private final Map<TableName, Run> last = new HashMap<>();

    Batches(TableWriters writers) {
        this.writers = writers;
    }

    /** A row of the quarantine and what becomes of its copies. */
    private record Fate(
            QuarantinedRow row, List<Copy> written, List<QuarantinedRecord> refused, List<QuarantinedRecord> leftOut) {

        private Fate(QuarantinedRow row, List<QuarantinedRecord> refused) {
            this(row, new ArrayList<>(), new ArrayList<>(refused), new ArrayList<>());
        }

        private QuarantinedRecord whyNot() {
            return refused.isEmpty() ? leftOut.get(0) : refused.get(0);
        }
    }

    private record Part(Fate fate, Copy copy) {}

    /** Copies of one table and schema with no other between them: an older one that has everything wait is behind none of them. */
    private record Run(Copy.Batch batch, List<Part> parts) {}

    void add(QuarantinedRow row, Rerouted rerouted) {
        Fate fate = new Fate(row, rerouted.refused());
        fates.add(fate);
        rerouted.copies().forEach(copy -> run(copy.batch()).parts().add(new Part(fate, copy)));
    }

    private Run run(Copy.Batch batch) {
        Run before = last.get(batch.table());
        if (before != null && before.batch().equals(batch)) {
            return before;
        }
        Run next = new Run(batch, new ArrayList<>());
        runs.add(next);
        last.put(batch.table(), next);
        return next;
    }

    /**
     * Writes them all.
     *
     * @param putBack is told of each row that is put back
     * @return the routed, by split and table
     */
    List<OutcomeCount> write(Replayed.Tally tally, Consumer<QuarantinedRow> putBack) {
        runs.forEach(run -> write(run.batch(), run.parts()));
        SortedMap<Split, SortedMap<String, Long>> routed = new TreeMap<>();
        List<QuarantinedRow> settled = new ArrayList<>();
        for (Fate fate : fates) {
            if (fate.written().isEmpty()) {
                tally.refused(fate.row(), fate.whyNot());
                continue;
            }
            settled.add(fate.row());
            tally.putBack(fate.row());
            putBack.accept(fate.row());
            for (Copy copy : fate.written()) {
                routed.computeIfAbsent(copy.record().split(), split -> new TreeMap<>())
                        .merge(copy.table().full(), 1L, Long::sum);
            }
            if (!fate.refused().isEmpty()) {
                // It had no table at all, and has some of them now: the others get rows of their own.
                writers.quarantine(fate.refused());
                fate.refused().forEach(refused -> tally.refused(fate.row(), refused));
            }
        }
        if (!settled.isEmpty()) {
            writers.replayed(settled);
        }
        List<OutcomeCount> outcomes = new ArrayList<>();
        routed.forEach((split, tables) -> tables.forEach(
                (table, records) -> outcomes.add(new OutcomeCount(split, Outcome.ROUTED, table, "", records))));
        return outcomes;
    }

    private void write(Copy.Batch batch, List<Part> some) {
        List<RawRecord> records =
                some.stream().map(part -> part.copy().record()).toList();
        List<Optional<NoRow>> outcomes = writers.write(batch.table(), batch.format(), batch.schemaId(), records);
        for (int at = 0; at < some.size(); at++) {
            Part part = some.get(at);
            NoRow outcome = outcomes.get(at).orElse(null);
            RawRecord record = part.copy().record();
            Optional<String> table = Optional.of(batch.table().full());
            if (outcome == null) {
                part.fate().written().add(part.copy());
            } else if (outcome instanceof Rejected rejected) {
                part.fate().refused().add(QuarantinedRecord.of(record, table, rejected));
            } else {
                part.fate().leftOut().add(QuarantinedRecord.of(record, table, told(outcome)));
            }
        }
    }

    /** A copy that the file leaves out is no row, and is missed nowhere; a record all of whose copies are stays where it is. */
    private static Rejected told(NoRow outcome) {
        if (!(outcome instanceof LeftOut leftOut)) {
            throw new IllegalStateException("our bug: a record was put back into a table with `unique`");
        }
        return leftOut.rule()
                .map(rule -> Rejected.by(
                        rule, RejectCode.RULE_BROKEN, "the file's rule `" + rule + "` leaves it out by now"))
                .orElseGet(() -> new Rejected(RejectCode.RULE_BROKEN, "the file's `where` leaves it out by now"));
    }
}

package dev.firn.cli.audit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a ledger says that tables, which were counted before it was read, must hold, and where it says that splits stand. */
final class LedgerTotals {

    /**
     * A table's rows.
     *
     * @param inTable of epochs that the table has
     * @param waiting of epochs that are in the ledger only
     * @param stranded of another table of the same name
     * @param going of those in the table, what a rewind is about to take back
     */
    record Rows(long inTable, long waiting, long stranded, long going) {

        static final Rows NONE = new Rows(0, 0, 0, 0);

        Rows(long inTable, long waiting, long stranded) {
            this(inTable, waiting, stranded, 0);
        }

        Rows plus(Rows more) {
            return new Rows(
                    inTable + more.inTable, waiting + more.waiting, stranded + more.stranded, going + more.going);
        }

        /** What another table of the name had is nobody's loss. */
        Rows thatGo() {
            return new Rows(inTable, 0, 0, inTable);
        }
    }

    /** The positions of a split that were read, all epochs together. */
    record Extent(Split split, long from, long to) {}

    private final TableName quarantine;
    private final Map<TableName, Optional<TableRecount>> counted;
    private final Map<TableName, Rows> rows = new TreeMap<>();
    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private final SortedMap<String, Extent> extents = new TreeMap<>();

    /** @param counted empty for a table that is gone */
    LedgerTotals(TableName quarantine, Map<TableName, Optional<TableRecount>> counted) {
        this.quarantine = quarantine;
        this.counted = counted;
    }

    void add(WrittenEpoch written) {
        Epoch epoch = written.epoch();
        Optional<Rewound> takenBack = written.takenBack();
        for (StagedFiles files : epoch.staged()) {
            if (takenBack.isEmpty()) {
                rows.merge(files.table(), rows(epoch.number(), files), Rows::plus);
            } else if (isStillThere(files.table(), epoch.number(), takenBack.get())) {
                rows.merge(files.table(), rows(epoch.number(), files).thatGo(), Rows::plus);
            }
        }
        boolean counts = takenBack.isEmpty() || isStillThere(quarantine, epoch.number(), takenBack.get());
        if (counts && epoch.number() <= lastEpoch(quarantine)) {
            epoch.outcomes().stream()
                    .filter(count -> count.outcome() == Outcome.QUARANTINED)
                    .forEach(this::addReason);
        }
        if (takenBack.isPresent()) {
            return;
        }
        for (SplitProgress line : epoch.progress()) {
            extents.merge(line.split().id(), new Extent(line.split(), line.from(), line.to()), LedgerTotals::continued);
        }
    }

    /** A table that has not gone back yet has what it had; what it did not have by then will never come. */
    private boolean isStillThere(TableName table, long epoch, Rewound rewind) {
        return counted.getOrDefault(table, Optional.empty()).isPresent()
                && lastEpoch(table) < rewind.at()
                && epoch <= lastEpoch(table);
    }

    private void addReason(OutcomeCount count) {
        reasons.merge(count.reason(), count.records(), Long::sum);
    }

    private static Extent continued(Extent before, Extent more) {
        return before.split().equals(more.split()) ? new Extent(more.split(), before.from(), more.to()) : more;
    }

    private Rows rows(long epoch, StagedFiles files) {
        TableRecount recount =
                counted.getOrDefault(files.table(), Optional.empty()).orElse(null);
        if (recount != null && !recount.incarnation().equals(files.incarnation())) {
            return new Rows(0, 0, files.records());
        }
        return epoch <= lastEpoch(files.table()) ? new Rows(files.records(), 0, 0) : new Rows(0, files.records(), 0);
    }

    /** A table that is gone, or can't say what it has, should have everything. */
    private long lastEpoch(TableName table) {
        return counted.getOrDefault(table, Optional.empty())
                .map(TableRecount::marks)
                .filter(marks -> marks.complaint().isEmpty())
                .map(TableRecount.Marks::lastEpoch)
                .orElse(Long.MAX_VALUE);
    }

    Rows rows(TableName table) {
        return rows.getOrDefault(table, Rows.NONE);
    }

    /** Quarantined records of epochs that the quarantine table has. */
    SortedMap<String, Long> reasons() {
        return reasons;
    }

    /** By the split's id. */
    SortedMap<String, Extent> extents() {
        return extents;
    }
}

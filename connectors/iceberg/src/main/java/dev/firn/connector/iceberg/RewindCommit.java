package dev.firn.connector.iceberg;

import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRewind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.expressions.Expressions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one table back: one transaction sets the branch to the older snapshot and puts an empty one with the rewind's mark on
 * top. The mark keeps a late commit of what was taken back away, and the snapshot is what every catalog compares.
 */
final class RewindCommit {

    private static final Logger LOG = LoggerFactory.getLogger(RewindCommit.class);

    private static final String FROM = "-from";

    private final LakeTables tables;
    private final TableMarks marks;

    RewindCommit(LakeTables tables, TableMarks marks) {
        this.tables = tables;
        this.marks = marks;
    }

    /**
     * Tags the snapshot to go back to, so that nobody expires it until the table is there, and the one to go back from, which
     * shows what others have done since.
     */
    void keep(TableRewind rewind, long at) {
        RewindPointer back = RewindPointer.of(new StagedEpoch(0, at, List.of(rewind.staged())));
        Table table = tables.load(marks.table());
        ManageSnapshots refs = table.manageSnapshots();
        tag(table, refs, tags() + at, back.snapshot());
        tag(table, refs, tags() + at + FROM, back.head());
        refs.commit();
    }

    private static void tag(Table table, ManageSnapshots refs, String tag, long snapshot) {
        if (snapshot == RewindPointer.NONE) {
            return;
        }
        if (table.refs().containsKey(tag)) {
            refs.replaceTag(tag, snapshot);
        } else {
            refs.createTag(tag, snapshot);
        }
    }

    /** {@code firn-orders-rewind-21} and {@code firn-orders-rewind-21-from} begin so. */
    private String tags() {
        return "firn-" + marks.pipeline() + "-rewind-";
    }

    /** Those of this rewind, and of those before that were never carried out. */
    private List<String> tags(Table table, long epoch) {
        Pattern ours = Pattern.compile(Pattern.quote(tags()) + "(\\d{1,18})(" + FROM + ")?");
        return table.refs().keySet().stream()
                .filter(ref -> {
                    Matcher match = ours.matcher(ref);
                    return match.matches() && Long.parseLong(match.group(1)) <= epoch;
                })
                .sorted()
                .toList();
    }

    /** @param table as it was loaded for this attempt; it does not have the epoch yet */
    void attempt(Table table, StagedEpoch epoch) {
        TableMetadata metadata = LakeTables.operations(table).current();
        if (!epoch.files().get(0).incarnation().equals(metadata.uuid())) {
            LOG.warn(
                    "{} was made anew since the rewind to epoch {}: it has nothing to take back",
                    marks.table(),
                    epoch.epoch());
            return;
        }
        RewindPointer back = RewindPointer.of(epoch);
        RewindGuard guard = new RewindGuard(marks, epoch.epoch(), back);
        // Once more in the commit, for the transaction looks at the table anew and would do the same on top of
        // anything.
        guard.check(metadata);
        Transaction transaction = Transactions.newTransaction(table.name(), tables.guarded(table, guard));
        mark(moved(transaction, back), epoch, back).commit();
        List<String> tags = tags(table, epoch.epoch());
        if (!tags.isEmpty()) {
            ManageSnapshots refs = transaction.manageSnapshots();
            tags.forEach(refs::removeTag);
            refs.commit();
        }
        Snapshot snapshot = transaction.table().currentSnapshot();
        EpochMark mark = new EpochMark(
                epoch.epoch(), epoch.run(), snapshot.snapshotId(), snapshot.sequenceNumber(), marks.ledger());
        transaction.updateProperties().set(marks.property(), mark.text()).commit();
        transaction.commitTransaction();
    }

    /** The snapshot on top of what the table goes back to, not yet part of the transaction. */
    private static SnapshotUpdate<?> moved(Transaction transaction, RewindPointer back) {
        if (back.snapshot() == RewindPointer.NONE) {
            return transaction
                    .newDelete()
                    .deleteFromRowFilter(Expressions.alwaysTrue())
                    .scanManifestsWith(new CallerThread());
        }
        transaction.manageSnapshots().setCurrentSnapshot(back.snapshot()).commit();
        return transaction.newFastAppend().scanManifestsWith(new CallerThread());
    }

    private SnapshotUpdate<?> mark(SnapshotUpdate<?> update, StagedEpoch epoch, RewindPointer back) {
        marks.writeTo(update, List.of(epoch));
        update.set(TableMarks.REWOUND_TO, Long.toString(back.to()));
        return update;
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRewind;
import java.util.List;
import java.util.stream.Collectors;
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

    private final LakeTables tables;
    private final TableMarks marks;

    RewindCommit(LakeTables tables, TableMarks marks) {
        this.tables = tables;
        this.marks = marks;
    }

    /** Tags the snapshot to go back to, so that nobody expires it until the table is there. */
    void keep(TableRewind rewind, long at) {
        if (rewind.snapshot().isPresent()) {
            Table table = tables.load(marks.table());
            ManageSnapshots refs = table.manageSnapshots();
            String tag = tag(at);
            (table.refs().containsKey(tag)
                            ? refs.replaceTag(tag, rewind.snapshot().getAsLong())
                            : refs.createTag(tag, rewind.snapshot().getAsLong()))
                    .commit();
        }
    }

    /** {@code firn-orders-rewind-21}. */
    private String tag(long at) {
        return "firn-" + marks.pipeline() + "-rewind-" + at;
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
        requireStillRight(TablePast.of(marks, metadata), back);
        Transaction transaction = Transactions.newTransaction(
                table.name(), tables.guarded(table, new EpochGuard(marks, epoch.epoch(), epoch.epoch())));
        mark(moved(transaction, back), epoch, back).commit();
        String tag = tag(epoch.epoch());
        if (table.refs().containsKey(tag)) {
            transaction.manageSnapshots().removeTag(tag).commit();
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

    private void requireStillRight(TablePast past, RewindPointer back) {
        List<ForeignSnapshot> since = past.since(back.head());
        if (since == null || (back.snapshot() != RewindPointer.NONE && !past.has(back.snapshot()))) {
            throw new CommitRefused("table `" + marks.table() + "` was to go back to epoch " + back.to()
                    + ", but somebody has set it to another snapshot meanwhile; set it to snapshot `" + back.head()
                    + "` again");
        }
        if (!since.isEmpty()) {
            throw new CommitRefused("table `" + marks.table() + "` was to go back to epoch " + back.to()
                    + ", but others have changed it since that was decided: "
                    + since.stream()
                            .map(other -> "snapshot `" + other.id() + "` (" + other.operation() + ")")
                            .collect(Collectors.joining(", "))
                    + ". What they did would be gone; if it may be, set the table to snapshot `" + back.head()
                    + "` yourself");
        }
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.StagedEpoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;

/**
 * Brings staged epochs into one table: all that the table lacks in one transaction of an append and the mark. Staged
 * manifests are appended as they are, each with the partition spec that it was written with, and never deleted here.
 */
final class EpochCommit {

    private final LakeTables tables;
    private final TableMarks marks;
    private final Retries retries;

    EpochCommit(LakeTables tables, TableMarks marks, Retries retries) {
        this.tables = tables;
        this.marks = marks;
        this.retries = retries;
    }

    void commit(List<StagedEpoch> epochs) {
        List<StagedEpoch> inOrder = epochs.stream()
                .filter(epoch -> epoch.records() > 0)
                .sorted(Comparator.comparingLong(StagedEpoch::epoch))
                .toList();
        if (!inOrder.isEmpty()) {
            retries.run("commit to table `" + marks.table() + "`", tables.outside(), () -> attempt(inOrder));
        }
    }

    /** Looks, then commits what is missing; a commit that landed meanwhile shows up as a failure and then in the next look. */
    private void attempt(List<StagedEpoch> epochs) {
        Table table = tables.loadAgain(marks.table());
        TableMetadata metadata = LakeTables.operations(table).current();
        long present = marks.lastEpoch(metadata);
        List<StagedEpoch> missing = new Strandings(marks, metadata)
                .leaveOut(
                        epochs.stream().filter(epoch -> epoch.epoch() > present).toList());
        if (!missing.isEmpty()) {
            append(table, missing);
        }
    }

    private void append(Table table, List<StagedEpoch> epochs) {
        StagedEpoch last = epochs.get(epochs.size() - 1);
        EpochGuard guard = new EpochGuard(marks, epochs.get(0).epoch(), last.epoch());
        Transaction transaction = Transactions.newTransaction(table.name(), tables.guarded(table, guard));
        AppendFiles append = transaction.newAppend();
        append.scanManifestsWith(new CallerThread());
        marks.writeTo(append, epochs);
        for (StagedEpoch epoch : epochs) {
            for (StagedFiles files : epoch.files()) {
                if (files.records() > 0) {
                    appendManifest(append, files);
                }
            }
        }
        append.commit();
        Snapshot snapshot = transaction.table().currentSnapshot();
        EpochMark mark = new EpochMark(
                last.epoch(), last.run(), snapshot.snapshotId(), snapshot.sequenceNumber(), marks.ledger());
        transaction.updateProperties().set(marks.property(), mark.text()).commit();
        transaction.commitTransaction();
    }

    private static void appendManifest(AppendFiles append, StagedFiles files) {
        try {
            append.appendManifest(StagedManifest.decode(files.pointer()));
        } catch (IOException e) {
            throw new UncheckedIOException("the pointer to staged files of " + files.table() + " can't be read", e);
        }
    }
}

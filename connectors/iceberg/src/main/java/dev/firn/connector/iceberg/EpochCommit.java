package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.OlderRecordsWait;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;

/**
 * Brings staged epochs into one table: all that the table lacks in one transaction of its rows and the mark, or, with a
 * rewind among them, what is before it, the rewind, and what is behind it. Rows come as {@link EpochSteps} has them.
 */
final class EpochCommit {

    private final LakeTables tables;
    private final TableMarks marks;
    private final HeldFiles held;
    private final RememberedTables remembered;
    private final Retries retries;
    private final EpochSteps steps;

    EpochCommit(LakeTables tables, TableMarks marks, HeldFiles held, RememberedTables remembered, Retries retries) {
        this.tables = tables;
        this.marks = marks;
        this.held = held;
        this.remembered = remembered;
        this.retries = retries;
        this.steps = new EpochSteps(tables, marks, held);
    }

    /** Says which epochs may not go to a table yet, if any. */
    @FunctionalInterface
    interface Order {
        /** The first of the epochs that has to wait, with all behind it. */
        OptionalLong firstHeld(Table table, List<StagedEpoch> epochs);
    }

    /**
     * @param order asked for what is not taken back again at once
     * @param decisions is told of the properties of the table that has the epochs now
     */
    void commit(List<StagedEpoch> epochs, Order order, DecisionLog decisions) {
        List<StagedEpoch> appended = new ArrayList<>();
        for (StagedEpoch epoch : epochs.stream()
                .sorted(Comparator.comparingLong(StagedEpoch::epoch))
                .toList()) {
            if (RewindPointer.isIn(epoch)) {
                append(appended, (table, some) -> OptionalLong.empty(), decisions);
                appended.clear();
                retries.run("take table `" + marks.table() + "` back", tables.outside(), () -> attemptRewind(epoch));
            } else if (epoch.changesRows()) {
                appended.add(epoch);
            }
        }
        append(appended, order, decisions);
    }

    /** Whether the table is to get any of them yet; what its owner has abandoned it is not. */
    boolean lacks(List<StagedEpoch> epochs) {
        TableMetadata metadata = now();
        return behind(epochs, metadata).stream().anyMatch(RewindPointer::isIn)
                || !missing(epochs, metadata).isEmpty();
    }

    /** Those whose rows the table is to get yet, in order. */
    List<StagedEpoch> missing(List<StagedEpoch> epochs) {
        return missing(epochs, now()).stream()
                .sorted(Comparator.comparingLong(StagedEpoch::epoch))
                .toList();
    }

    private TableMetadata now() {
        return LakeTables.operations(tables.loadAgain(marks.table())).current();
    }

    private List<StagedEpoch> missing(List<StagedEpoch> epochs, TableMetadata metadata) {
        return new Strandings(marks, metadata)
                .leaveOut(behind(epochs, metadata).stream()
                        .filter(StagedEpoch::changesRows)
                        .toList());
    }

    private List<StagedEpoch> behind(List<StagedEpoch> epochs, TableMetadata metadata) {
        long present = marks.lastEpoch(metadata);
        return epochs.stream().filter(epoch -> epoch.epoch() > present).toList();
    }

    private void append(List<StagedEpoch> inOrder, Order order, DecisionLog decisions) {
        if (inOrder.isEmpty()) {
            return;
        }
        for (List<StagedEpoch> epochs : EpochSteps.transactions(List.copyOf(inOrder))) {
            TableMetadata now = retries.call(
                    "commit to table `" + marks.table() + "`", tables.outside(), () -> attempt(epochs, order));
            held.release(marks.table(), String.valueOf(now.uuid()), epochs);
            steps.release(epochs, String.valueOf(now.uuid()));
            decisions.see(now.properties());
        }
    }

    private void attemptRewind(StagedEpoch epoch) {
        Table table = tables.loadAgain(marks.table());
        if (marks.lastEpoch(LakeTables.operations(table).current()) < epoch.epoch()) {
            new RewindCommit(tables, marks).attempt(table, epoch);
        }
    }

    /**
     * Looks, then commits what is missing; a commit that landed meanwhile shows up as a failure and then in the next look.
     * Answers the table that has all epochs now.
     */
    private TableMetadata attempt(List<StagedEpoch> epochs, Order order) {
        Table table = tables.loadAgain(marks.table());
        TableMetadata metadata = LakeTables.operations(table).current();
        long present = marks.lastEpoch(metadata);
        List<StagedEpoch> missing = new Strandings(marks, metadata)
                .leaveOut(
                        epochs.stream().filter(epoch -> epoch.epoch() > present).toList());
        OptionalLong firstHeld = missing.isEmpty() ? OptionalLong.empty() : order.firstHeld(table, missing);
        List<StagedEpoch> may = missing.stream()
                .filter(epoch -> firstHeld.isEmpty() || epoch.epoch() < firstHeld.getAsLong())
                .toList();
        if (!may.isEmpty()) {
            append(table, may);
        }
        remembered.remember(marks.table(), table);
        if (firstHeld.isPresent()) {
            throw new OlderRecordsWait(marks.table(), firstHeld.getAsLong());
        }
        return LakeTables.operations(table).current();
    }

    private void append(Table table, List<StagedEpoch> epochs) {
        StagedEpoch last = epochs.get(epochs.size() - 1);
        List<StagedFiles> staged = epochs.stream()
                .flatMap(epoch -> epoch.files().stream())
                .filter(StagedFiles::changeRows)
                .toList();
        SortedMap<String, String> bindings = StagedBindings.missing(staged, table);
        CommitGuard guard =
                new NewBindingsGuard(new EpochGuard(marks, epochs.get(0).epoch(), last.epoch()), bindings.keySet());
        // First, for it may take a while.
        List<EpochSteps.Step> commits = steps.of(table, epochs);
        Transaction transaction = Transactions.newTransaction(table.name(), tables.guarded(table, guard));
        commits.forEach(step -> step.commit(transaction));
        Snapshot snapshot = transaction.table().currentSnapshot();
        EpochMark mark = new EpochMark(
                last.epoch(), last.run(), snapshot.snapshotId(), snapshot.sequenceNumber(), marks.ledger());
        UpdateProperties properties = transaction.updateProperties().set(marks.property(), mark.text());
        bindings.forEach(properties::set);
        properties.commit();
        transaction.commitTransaction();
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;

/** What a verdict makes of a table: edits, binding and decision, all of it on the table that was judged, or none. */
record AcceptedChange(Judged judged, WriterSchema writer, Verdict.Accepted accepted) {

    /** Iceberg does not change the table so, whoever asks. */
    static final class Impossible extends Exception {

        private static final long serialVersionUID = 1L;

        private Impossible(RuntimeException reason) {
            super(reason);
        }
    }

    /**
     * The binding as it will be, found on a copy: what fails here is not the catalog's fault, and new columns have their ids.
     *
     * @throws IllegalStateException if the verdict is not one about this table
     */
    SchemaBinding tryOut(Table table) throws Impossible {
        return AcceptedBinding.of(writer, accepted.columns(), changed(table));
    }

    /** The table's columns as they will be. */
    Schema changed(Table table) throws Impossible {
        TableEdits.requireColumns(table.schema(), accepted.edits());
        Transaction copy = Transactions.newTransaction(
                table.name(),
                new RememberedOperations(LakeTables.operations(table).current(), table.io()));
        try {
            TableEdits.make(copy, accepted.edits());
        } catch (RuntimeException refusal) {
            throw new Impossible(refusal);
        }
        return copy.table().schema();
    }

    boolean hasEdits() {
        return !accepted.edits().isEmpty();
    }

    /** In words, for a log. */
    @Override
    public String toString() {
        return accepted.decided().isEmpty() ? "" : ": " + SchemaWords.of(accepted.decided());
    }

    /** Fails with anything that is not {@link Impossible}, and may have landed then. */
    void make(LakeTables tables, Table table, SchemaBinding binding) {
        String property = judged.bindings().property(writer);
        String text = BindingText.write(writer, binding);
        Transaction transaction = Transactions.newTransaction(
                table.name(), tables.guarded(table, new Judged.Guard(judged, property, text)));
        // It has looked once more, and edits are made on what it has seen.
        judged.requireStill(transaction.table().schema(), transaction.table().properties());
        TableEdits.make(transaction, accepted.edits());
        UpdateProperties update = transaction.updateProperties().set(property, text);
        if (!accepted.decided().isEmpty()) {
            update.set(judged.bindings().decisionProperty(writer), SchemaWords.of(accepted.decided()));
        }
        update.commit();
        transaction.commitTransaction();
    }
}

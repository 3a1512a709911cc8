package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.ValidationException;

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
            requireReadable(table, copy.table().schema());
        } catch (RuntimeException refusal) {
            throw new Impossible(refusal);
        }
        return copy.table().schema();
    }

    /** Iceberg lets a column go that the table was partitioned by once, and can't read the table then. */
    private static void requireReadable(Table table, Schema changed) {
        for (PartitionSpec spec : table.specs().values()) {
            for (PartitionField field : spec.fields()) {
                if (changed.findField(field.sourceId()) == null
                        && table.schema().findField(field.sourceId()) != null) {
                    throw new ValidationException(
                            "the table was partitioned by `%s` once, and could not be read without it",
                            table.schema().findColumnName(field.sourceId()));
                }
            }
        }
    }

    boolean hasEdits() {
        return !accepted.edits().isEmpty();
    }

    /** In words, for a log. */
    @Override
    public String toString() {
        return accepted.decided().isEmpty() ? "" : ": " + SchemaWords.of(accepted.decided());
    }

    /**
     * Fails with anything that is not {@link Impossible}, and may have landed then.
     *
     * @param met what the decision is recorded with
     */
    void make(LakeTables tables, Table table, SchemaBinding binding, MetSchema met) {
        String property = judged.bindings().property(writer);
        String text = BindingText.write(writer, binding);
        Transaction transaction = Transactions.newTransaction(
                table.name(), tables.guarded(table, new Judged.Guard(judged, property, text)));
        // It has looked once more, and edits are made on what it has seen.
        judged.requireStill(transaction.table().schema(), transaction.table().properties());
        List<Integer> schemas = schemas(transaction.table());
        TableEdits.make(transaction, accepted.edits());
        UpdateProperties update = transaction.updateProperties().set(property, text);
        List<Integer> made = new ArrayList<>(schemas(transaction.table()));
        made.removeAll(schemas);
        met.accepted(accepted.decided(), made)
                .ifPresent(decision -> TableDecisions.properties(decision).forEach(update::set));
        update.commit();
        transaction.commitTransaction();
    }

    private static List<Integer> schemas(Table table) {
        return LakeTables.operations(table).current().schemas().stream()
                .map(Schema::schemaId)
                .toList();
    }
}

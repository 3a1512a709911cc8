package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;

/**
 * One change to a table's schema, partition spec or properties, made once whatever the catalog answers and however many
 * try to make it: a table property with the change's fingerprint lands in the same transaction. Iceberg itself never
 * repeats a change of schema or spec, so a conflict with somebody else's commit is met by a fresh look here.
 *
 * <p>A REST catalog does not compare properties when it swaps. A change of properties alone that arrives late, after its
 * repetition has landed, lands again, with the same values.
 *
 * @param fingerprint tells this change from any other that the pipeline makes to the table
 * @param words the change for people, the value of the property
 */
record TableChange(TableName table, String pipeline, String fingerprint, String words) {

    /** One a change: a restart must recognise each of them, also below later ones. */
    String property() {
        return "firn." + pipeline + ".change." + fingerprint;
    }

    /**
     * Returns when the change is in the table.
     *
     * @param edits commits its updates to the transaction; called again, with the table as it is then, for each attempt
     */
    void make(LakeTables tables, Retries retries, Consumer<Transaction> edits) {
        retries.run("make a change (" + words + ") to table `" + table + "`", tables.outside(), () -> {
            Table loaded = tables.load(table);
            if (!isIn(LakeTables.operations(loaded).current())) {
                attempt(tables, loaded, edits);
            }
        });
    }

    private void attempt(LakeTables tables, Table loaded, Consumer<Transaction> edits) {
        Transaction transaction = Transactions.newTransaction(loaded.name(), tables.guarded(loaded, new Guard(this)));
        edits.accept(transaction);
        transaction.updateProperties().set(property(), words).commit();
        transaction.commitTransaction();
    }

    private boolean isIn(TableMetadata metadata) {
        return metadata.properties().containsKey(property());
    }

    private record Guard(TableChange change) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            if (landed(base)) {
                throw new IllegalStateException("the change is in table " + change.table() + " already");
            }
        }

        @Override
        public boolean landed(TableMetadata now) {
            return change.isIn(now);
        }
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.schema.TableName;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;
import org.jspecify.annotations.Nullable;

/** One row on its way into the ledger: a file that is written once, and a commit that is tried until it is seen. */
final class LedgerAppend {

    private final LakeTables tables;
    private final TableName ledger;
    private final Epoch epoch;
    private final LedgerRow row;
    private final Properties properties;
    private final LedgerGuards.Append guard;

    private @Nullable DataFile file;

    /** Sets the ledger's own properties; gets those on which the row goes. */
    private interface Properties {
        void set(LedgerMarks before, UpdateProperties update);
    }

    private LedgerAppend(LakeTables tables, TableName ledger, Epoch epoch, LedgerRow row, Properties properties) {
        this.tables = tables;
        this.ledger = ledger;
        this.epoch = epoch;
        this.row = row;
        this.properties = properties;
        this.guard = new LedgerGuards.Append(ledger, epoch);
    }

    static LedgerAppend of(LakeTables tables, TableName ledger, Epoch epoch, LedgerRow row) {
        return new LedgerAppend(
                tables,
                ledger,
                epoch,
                row,
                (before, update) -> LedgerMarks.append(update, epoch, row.head().settledThrough()));
    }

    static LedgerAppend of(LakeTables tables, TableName ledger, Rewind rewind, LedgerRow row) {
        return new LedgerAppend(tables, ledger, rewind.epoch(), row, (before, update) -> before.rewind(update, rewind));
    }

    /** Returns when the row is in the ledger. A file whose commit failed stays, for the commit may still land. */
    void attempt() {
        Table table = tables.load(ledger);
        TableMetadata metadata = LakeTables.operations(table).current();
        if (guard.landed(metadata)) {
            return;
        }
        guard.check(metadata);
        if (file == null) {
            file = write(table);
        }
        commit(table, LedgerMarks.of(metadata), file);
    }

    private DataFile write(Table table) {
        LedgerRowWriter writer = new LedgerRowWriter(ledger, table, epoch.run() + "-" + epoch.number());
        try (writer) {
            writer.write(row);
        }
        return writer.file();
    }

    private void commit(Table table, LedgerMarks before, DataFile written) {
        Transaction transaction = Transactions.newTransaction(table.name(), tables.guarded(table, guard));
        AppendFiles append = transaction.newAppend().appendFile(written);
        append.scanManifestsWith(new CallerThread());
        append.set(TableMarks.RUN, Long.toString(epoch.run()));
        append.set(TableMarks.EPOCH, Long.toString(epoch.number()));
        append.commit();
        UpdateProperties update = transaction.updateProperties();
        properties.set(before, update);
        update.commit();
        transaction.commitTransaction();
    }
}

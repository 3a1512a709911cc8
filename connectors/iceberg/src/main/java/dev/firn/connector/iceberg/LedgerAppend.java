package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/** One row on its way into the ledger: a file that is written once, and a commit that is tried until it is seen. */
final class LedgerAppend {

    private static final FileFormat FORMAT = FileFormat.PARQUET;

    private final LakeTables tables;
    private final TableName ledger;
    private final LedgerRow row;
    private final LedgerGuards.Append guard;

    private @Nullable DataFile file;

    LedgerAppend(LakeTables tables, TableName ledger, LedgerRow row) {
        this.tables = tables;
        this.ledger = ledger;
        this.row = row;
        this.guard = new LedgerGuards.Append(ledger, row.epoch());
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
        commit(table, file);
    }

    private DataFile write(Table table) {
        RowFactory rows = new RowFactory(IcebergTypes.columns(ledger.full(), table.schema()), table.schema(), FORMAT);
        OwnTable own =
                new OwnTable(ledger, LedgerTable.COLUMNS, IcebergTypes.columns(ledger.full(), table.schema()), rows);
        OutputFileFactory files = OutputFileFactory.builderFor(
                        table, 0, row.epoch().run())
                .operationId(row.epoch().number() + "-" + UUID.randomUUID())
                .format(FORMAT)
                .build();
        DataWriter<Record> writer = new GenericAppenderFactory(table.schema(), table.spec())
                .setAll(table.properties())
                .newDataWriter(files.newOutputFile(), FORMAT, null);
        try (writer) {
            writer.write(row.write(own, rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }

    private void commit(Table table, DataFile written) {
        Transaction transaction = Transactions.newTransaction(table.name(), tables.guarded(table, guard));
        AppendFiles append = transaction.newAppend().appendFile(written);
        append.scanManifestsWith(new CallerThread());
        append.set(TableMarks.RUN, Long.toString(row.epoch().run()));
        append.set(TableMarks.EPOCH, Long.toString(row.epoch().number()));
        append.commit();
        LedgerMarks.append(transaction.updateProperties(), row.epoch(), row.settledThrough())
                .commit();
        transaction.commitTransaction();
    }
}

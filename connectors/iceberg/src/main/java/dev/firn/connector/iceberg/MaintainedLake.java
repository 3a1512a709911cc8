package dev.firn.connector.iceberg;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.io.Closeable;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;

/** A catalog as somebody sees it who looks after its tables beside the pipelines that write to them. Thread-safe. */
public final class MaintainedLake implements Closeable {

    private final LakeTables tables;

    MaintainedLake(Catalog catalog, CatalogSettings settings, UnaryOperator<TableOperations> commits) {
        this.tables = new LakeTables(catalog, settings, commits);
    }

    /** @throws OutsideException if it can't be opened */
    public static MaintainedLake open(Map<String, Text> catalog, ReferenceResolver references) {
        CatalogSettings settings = CatalogSettings.resolve(catalog, references);
        return new MaintainedLake(IcebergLake.catalog(settings), settings, UnaryOperator.identity());
    }

    /** All that the catalog has, in all its namespaces. */
    public SortedSet<TableName> tables() {
        return tables.all();
    }

    /** A table as it is now. */
    public Table load(TableName name) {
        return tables.load(name);
    }

    /** Whether a table's name is one that pipelines give to ledgers, which they look after themselves. */
    public static boolean isNamedLikeALedger(TableName name) {
        return name.table().equals("firn_ledger") || name.table().equals("firn_replay_ledger");
    }

    /** The same table, each of whose commits passes a guard; one that fails is a {@link CommitUnconfirmed}. */
    public Table guarded(Table table, CommitGuard guard) {
        return new BaseTable(tables.guarded(table, guard), table.name());
    }

    /** What pipelines need of a table now; the ledgers are asked first, so that nothing falls between them and the table. */
    public PipelineNeeds needs(TableName name) {
        return new NeedsOfPipelines(tables, tables()).of(name);
    }

    /** A failure of the catalog or the storage in words that may be printed. */
    public OutsideException failed(String what, Throwable failure) {
        return failure instanceof OutsideException told
                ? told
                : tables.outside().failed(what, failure);
    }

    @Override
    public void close() {
        tables.close();
    }
}

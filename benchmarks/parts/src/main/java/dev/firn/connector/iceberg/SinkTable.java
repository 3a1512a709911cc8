package dev.firn.connector.iceberg;

import dev.firn.definition.reference.Text;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.WriterSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFile;

/** A new Parquet table without partitions in a Hadoop catalog, and the sink's own way of writing a file of it. */
public final class SinkTable implements AutoCloseable {

    static final LakeNames NAMES =
            new LakeNames("benchmark", new TableName("lake.firn_ledger"), new TableName("lake.firn_quarantine"));
    static final TableName NAME = new TableName("lake.rows");

    private final LakeTables tables;
    private final Table table;
    private final TargetTable target;
    private final OpenFileCount count = new OpenFileCount();

    private SinkTable(LakeTables tables) {
        this.tables = tables;
        this.table = tables.load(NAME);
        this.target = new TargetTable(NAME, table, NAMES, new WriterSettings(1, 0, 0), tables);
    }

    public static SinkTable create(Path folder, TableSchema columns) {
        CatalogSettings settings = settings(folder);
        LakeTables tables = new LakeTables(IcebergLake.catalog(settings), settings, UnaryOperator.identity());
        tables.create(spec(columns));
        return new SinkTable(tables);
    }

    static CatalogSettings settings(Path folder) {
        return CatalogSettings.resolve(
                Map.of("type", new Text("hadoop"), "warehouse", new Text(folder.toString())), raw -> raw);
    }

    static TableSpec spec(TableSchema columns) {
        return new TableSpec(NAME, columns, List.of(), new TreeMap<>());
    }

    /** As somebody has it who knows nothing of Firn. */
    public Table table() {
        return table;
    }

    public TableSchema columns() {
        return target.columns();
    }

    /** What the sink gives its decoders. */
    public StructFactory rows() {
        return target.rows();
    }

    public DataFile write(List<Record> rows, OutputFile file) {
        PartitionKey none = new PartitionKey(target.spec(), target.schema());
        DataFileWriter writer = new DataFileWriter(target, none, target.encrypted(file), count);
        writer.write(rows);
        return writer.close();
    }

    @Override
    public void close() {
        tables.close();
    }
}

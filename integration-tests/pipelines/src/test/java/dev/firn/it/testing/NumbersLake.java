package dev.firn.it.testing;

import dev.firn.connector.iceberg.IcebergLakeFactory;
import dev.firn.definition.reference.Text;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Firn's lake with a table of numbers, and the same table as somebody else sees it.
 *
 * @param pipeline its namespace, and its name
 */
public record NumbersLake(String pipeline, Lake lake, Catalog foreign) implements AutoCloseable {

    /** @param firn how Firn reaches the catalog */
    public static NumbersLake open(String pipeline, Map<String, String> firn, Catalog foreign) {
        return new NumbersLake(pipeline, openLake(pipeline, firn), foreign);
    }

    /** One more, as another process would have it. */
    public static Lake openLake(String pipeline, Map<String, String> firn) {
        Map<String, Text> catalog = firn.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Text(entry.getValue())));
        LakeNames names = new LakeNames(
                pipeline, new TableName(pipeline + ".firn_ledger"), new TableName(pipeline + ".firn_quarantine"));
        return new IcebergLakeFactory(catalog, names).open(raw -> raw);
    }

    public TableName table() {
        return new TableName(pipeline + ".numbers");
    }

    public ForeignTable numbers() {
        return new ForeignTable(foreign, TableIdentifier.of(pipeline, "numbers"));
    }

    public ForeignTable ledger() {
        return new ForeignTable(foreign, TableIdentifier.of(pipeline, "firn_ledger"));
    }

    public NumbersLake create() {
        lake.create(new TableSpec(table(), Numbers.COLUMNS, List.of(), new TreeMap<>()));
        return this;
    }

    /** Stages rows of one number each, as one subtask does for one epoch. */
    public StagedEpoch stage(long epoch, long... numbers) {
        try (TableWriters writers = writers(0)) {
            write(writers, numbers);
            return new StagedEpoch(1, epoch, writers.stage());
        }
    }

    public TableWriters writers(int subtask) {
        return lake.writers(new WriterSettings(1, subtask, 0));
    }

    public void write(TableWriters writers, long... numbers) {
        writers.write(table(), new Numbers(), Numbers.SCHEMA_ID, Numbers.records(numbers));
    }

    public void commit(StagedEpoch... epochs) {
        lake.commit(table(), List.of(epochs));
    }

    public static StagedEpoch epoch(long number, List<StagedFiles> files) {
        return new StagedEpoch(1, number, files);
    }

    @Override
    public void close() {
        lake.close();
    }
}

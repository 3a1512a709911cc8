package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Which partitions the deletes of a keyed table are of. Iceberg applies a delete only to files of its own spec and partition, or,
 * where its spec has no partitions, to all files. So only where a key's rows are always in one partition, and always were, may a
 * delete be of that partition alone; else a key that moves from one to another would have two rows.
 */
final class DeletesSpec {

    private static final int ATTEMPTS = 10;

    private DeletesSpec() {}

    /** @throws OutsideException if the table has no spec that it would take, as none that {@link #prepare} has seen */
    static PartitionSpec of(Table table, KeyColumns key) {
        if (isOfOnePartition(table, key)) {
            return table.spec();
        }
        return ofAllPartitions(table)
                .orElseThrow(() -> new OutsideException("table `" + table.name()
                        + "` is partitioned by more than its key, and has no partition spec without partitions, as deletes"
                        + " need it"));
    }

    private static boolean isOfOnePartition(Table table, KeyColumns key) {
        return table.specs().size() == 1 && key.decides(table.spec());
    }

    private static Optional<PartitionSpec> ofAllPartitions(Table table) {
        return table.specs().values().stream()
                .filter(PartitionSpec::isUnpartitioned)
                .findFirst();
    }

    /**
     * Gives a table the spec that its deletes take, beside its own, if it has none; nothing else of it changes.
     *
     * @throws OutsideException if it is of a format version without deletes, or the catalog does not let it
     */
    static void prepare(TableName name, Table table, List<String> key, Outside outside) {
        TableOperations operations = LakeTables.operations(table);
        if (operations.current().formatVersion() < 2) {
            throw new OutsideException(
                    "table `" + name
                            + "` has format version 1, in which no row can be replaced: set its property `format-version` to 2");
        }
        KeyColumns columns = new KeyColumns(name, table.schema(), key, FileFormat.PARQUET);
        if (!isOfOnePartition(table, columns)) {
            ofAllPartitions(name, table, outside);
        }
    }

    /** The table's spec without partitions, which it gets if it has none. */
    static PartitionSpec ofAllPartitions(TableName name, Table table, Outside outside) {
        TableOperations operations = LakeTables.operations(table);
        for (int attempt = 1; ofAllPartitions(table).isEmpty(); attempt++) {
            TableMetadata base = operations.current();
            try {
                operations.commit(
                        base,
                        TableMetadata.buildFrom(base)
                                .addPartitionSpec(PartitionSpec.unpartitioned())
                                .build());
            } catch (RuntimeException failure) {
                if (!(failure instanceof CommitFailedException) || attempt == ATTEMPTS) {
                    throw outside.failed("give table `" + name + "` a partition spec for deletes", failure);
                }
            }
            table.refresh();
        }
        return ofAllPartitions(table).orElseThrow();
    }
}

package dev.firn.spi.sink;

import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableSchema;
import java.util.List;

/**
 * A table as the catalog has it.
 *
 * @param incarnation the table's uuid
 */
public record ExistingTable(String incarnation, TableSchema schema, List<PartitionTransform> partitioning) {

    public ExistingTable {
        partitioning = List.copyOf(partitioning);
    }
}

package dev.firn.spi.sink;

import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Map;

/**
 * A table as the catalog has it.
 *
 * @param incarnation the table's uuid
 * @param sortedBy the order of the rows in its files, as a file would write it where it can be written
 * @param properties the sink's own and ours
 */
public record ExistingTable(
        String incarnation,
        TableSchema schema,
        List<PartitionTransform> partitioning,
        List<String> sortedBy,
        Map<String, String> properties) {

    public ExistingTable {
        partitioning = List.copyOf(partitioning);
        sortedBy = List.copyOf(sortedBy);
        properties = Map.copyOf(properties);
    }

    /** A table whose rows have no order, and of which no property is known. */
    public ExistingTable(String incarnation, TableSchema schema, List<PartitionTransform> partitioning) {
        this(incarnation, schema, partitioning, List.of(), Map.of());
    }
}

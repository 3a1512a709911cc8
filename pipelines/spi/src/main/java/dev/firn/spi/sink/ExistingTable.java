package dev.firn.spi.sink;

import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Map;

/**
 * A table as the catalog has it.
 *
 * @param incarnation the table's uuid
 * @param properties the sink's own and ours
 */
public record ExistingTable(
        String incarnation, TableSchema schema, List<PartitionTransform> partitioning, Map<String, String> properties) {

    public ExistingTable {
        partitioning = List.copyOf(partitioning);
        properties = Map.copyOf(properties);
    }

    /** A table of which no property is known. */
    public ExistingTable(String incarnation, TableSchema schema, List<PartitionTransform> partitioning) {
        this(incarnation, schema, partitioning, Map.of());
    }
}

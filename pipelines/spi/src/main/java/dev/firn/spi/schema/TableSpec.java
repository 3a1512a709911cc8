package dev.firn.spi.schema;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table as the plan wants it.
 *
 * @param sortOrder of the rows in each file
 */
public record TableSpec(
        TableName name,
        TableSchema schema,
        List<PartitionTransform> partitioning,
        List<SortField> sortOrder,
        SortedMap<String, String> properties)
        implements Serializable {

    public TableSpec {
        partitioning = List.copyOf(partitioning);
        sortOrder = List.copyOf(sortOrder);
        properties = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** A table whose rows have no order. */
    public TableSpec(
            TableName name,
            TableSchema schema,
            List<PartitionTransform> partitioning,
            SortedMap<String, String> properties) {
        this(name, schema, partitioning, List.of(), properties);
    }
}

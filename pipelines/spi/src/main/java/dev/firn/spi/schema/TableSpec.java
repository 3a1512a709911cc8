package dev.firn.spi.schema;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A table as the plan wants it. */
public record TableSpec(
        TableName name, TableSchema schema, List<PartitionTransform> partitioning, SortedMap<String, String> properties)
        implements Serializable {

    public TableSpec {
        partitioning = List.copyOf(partitioning);
        properties = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}

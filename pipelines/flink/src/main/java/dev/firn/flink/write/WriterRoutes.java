package dev.firn.flink.write;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where each stream goes, by {@code source/stream}; each target gets a copy of its records.
 *
 * @param tables those that the file names
 * @param byValue those that a column's values name
 * @param reserved tables that no value may lead to
 * @param keepDeleted tables that a record without a value leaves as they are, though it deletes rows of others
 */
public record WriterRoutes(
        Map<String, List<TableName>> tables,
        Map<String, List<ValueRoute>> byValue,
        Set<TableName> reserved,
        Set<TableName> keepDeleted)
        implements Serializable {

    public WriterRoutes {
        tables = Map.copyOf(tables);
        byValue = Map.copyOf(byValue);
        reserved = Set.copyOf(reserved);
        keepDeleted = Set.copyOf(keepDeleted);
    }

    /** Where no table is left as it is by what deletes rows. */
    public WriterRoutes(
            Map<String, List<TableName>> tables, Map<String, List<ValueRoute>> byValue, Set<TableName> reserved) {
        this(tables, byValue, reserved, Set.of());
    }

    /** Whether any record of the stream has a target. */
    boolean reads(String stream) {
        return tables.containsKey(stream) || byValue.containsKey(stream);
    }

    List<TableName> tables(String stream) {
        return tables.getOrDefault(stream, List.of());
    }

    List<ValueRoute> byValue(String stream) {
        return byValue.getOrDefault(stream, List.of());
    }
}

package dev.firn.plan;

import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.UniqueRows;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A target table.
 *
 * @param streams what is routed to it, as {@code source/stream}, sorted
 * @param schema its columns, with those of its streams' latest schema; empty in an offline plan
 * @param records the columns of that schema themselves, of which the file may take some away or make others
 * @param key columns that tell rows apart, so that a record takes the place of the row with its key; none where each record is a row
 * @param unique which rows the table takes once; empty where it takes whatever comes
 * @param ignoresDeletes whether a record without a value that would delete a row leaves the table as it is
 */
public record TablePlan(
        TableName name,
        TableAction action,
        List<String> streams,
        Optional<TableSchema> schema,
        Optional<TableSchema> records,
        List<PartitionTransform> partitioning,
        List<SortField> sortOrder,
        SortedMap<String, String> properties,
        TableCommits commits,
        EvolutionPolicy evolution,
        RuleSettings rules,
        List<String> key,
        Optional<UniqueRows> unique,
        boolean ignoresDeletes) {

    public TablePlan {
        streams = List.copyOf(streams);
        partitioning = List.copyOf(partitioning);
        sortOrder = List.copyOf(sortOrder);
        key = List.copyOf(key);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** The table to create; only a plan made with schemas has one. */
    public TableSpec spec() {
        return new TableSpec(
                name,
                schema.orElseThrow(() -> new IllegalStateException("our bug: " + name + " was planned offline")),
                partitioning,
                sortOrder,
                properties);
    }
}

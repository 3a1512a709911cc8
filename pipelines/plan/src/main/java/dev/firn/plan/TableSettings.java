package dev.firn.plan;

import dev.firn.definition.selector.Selector;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.UniqueRows;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of {@code tables:} says of the tables that it selects.
 *
 * @param partitioning null where the entry is silent about it
 * @param sortOrder null where the entry is silent about it
 */
public record TableSettings(
        Selector tables,
        @Nullable List<PartitionTransform> partitioning,
        @Nullable List<SortField> sortOrder,
        SortedMap<String, String> properties,
        CommitSettings commits,
        EvolutionSettings evolution,
        RuleSettings rules,
        KeySettings key)
        implements Serializable {

    public TableSettings {
        partitioning = partitioning == null ? null : List.copyOf(partitioning);
        sortOrder = sortOrder == null ? null : List.copyOf(sortOrder);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /**
     * What holds for one table when all entries have been heard.
     *
     * @param key columns that tell rows apart; none where each record is a row
     * @param unique which rows the table takes once
     */
    public record Effective(
            List<PartitionTransform> partitioning,
            List<SortField> sortOrder,
            SortedMap<String, String> properties,
            TableCommits commits,
            EvolutionPolicy evolution,
            RuleSettings rules,
            List<String> key,
            Optional<UniqueRows> unique) {

        public Effective {
            partitioning = List.copyOf(partitioning);
            sortOrder = List.copyOf(sortOrder);
            properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
            key = List.copyOf(key);
        }
    }

    /** What holds for a table: lists replace, maps merge by key, a later entry wins. */
    public static Effective effective(List<TableSettings> entries, TableName table) {
        List<PartitionTransform> partitioning = List.of();
        List<SortField> sortOrder = List.of();
        SortedMap<String, String> properties = new TreeMap<>();
        TableCommits commits = TableCommits.DEFAULT;
        EvolutionSettings evolution = EvolutionSettings.NOTHING;
        RuleSettings rules = RuleSettings.NOTHING;
        KeySettings key = KeySettings.NOTHING;
        for (TableSettings entry : entries) {
            if (entry.tables().matches(table.full())) {
                partitioning = entry.partitioning() == null ? partitioning : entry.partitioning();
                sortOrder = entry.sortOrder() == null ? sortOrder : entry.sortOrder();
                properties.putAll(entry.properties());
                commits = entry.commits().over(commits);
                evolution = entry.evolution().over(evolution);
                rules = entry.rules().over(rules);
                key = entry.key().over(key);
            }
        }
        return new Effective(
                partitioning,
                sortOrder,
                properties,
                commits,
                evolution.policy().withKey(rules.keptColumns(key)),
                rules,
                key.key(),
                key.uniqueRows());
    }
}

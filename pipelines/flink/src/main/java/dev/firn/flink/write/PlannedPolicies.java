package dev.firn.flink.write;

import dev.firn.plan.MadeTables;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TableSettings;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the file says about changes of each table's schema.
 *
 * @param tables those whose names are in the plan
 * @param madeTables those that come to exist while the job runs
 */
public record PlannedPolicies(Map<TableName, EvolutionPolicy> tables, List<MadeTables> madeTables)
        implements EvolutionPolicies {

    public PlannedPolicies {
        // A copy that Java can serialise.
        tables = new TreeMap<>(tables);
        madeTables = List.copyOf(madeTables);
    }

    public static PlannedPolicies in(PipelinePlan plan) {
        Map<TableName, EvolutionPolicy> tables = new TreeMap<>();
        plan.tables().forEach(table -> tables.put(table.name(), table.evolution()));
        return new PlannedPolicies(tables, MadeTables.in(plan));
    }

    @Override
    public EvolutionPolicy of(TableName table) {
        EvolutionPolicy planned = tables.get(table);
        return planned == null
                ? MadeTables.settings(madeTables, table)
                        .map(TableSettings.Effective::evolution)
                        .orElseGet(EvolutionPolicy::usual)
                : planned;
    }
}

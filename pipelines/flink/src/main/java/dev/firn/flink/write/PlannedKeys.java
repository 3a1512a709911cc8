package dev.firn.flink.write;

import dev.firn.plan.MadeTables;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TableSettings;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.RowKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which columns tell each table's rows apart, as the file says.
 *
 * @param tables those whose names are in the plan
 * @param madeTables those that come to exist while the job runs
 */
public record PlannedKeys(Map<TableName, List<String>> tables, List<MadeTables> madeTables) implements RowKeys {

    public PlannedKeys {
        // A copy that Java can serialise.
        tables = new TreeMap<>(tables);
        madeTables = List.copyOf(madeTables);
    }

    public static PlannedKeys in(PipelinePlan plan) {
        Map<TableName, List<String>> tables = new TreeMap<>();
        plan.tables().forEach(table -> tables.put(table.name(), table.key()));
        return new PlannedKeys(tables, MadeTables.in(plan));
    }

    @Override
    public List<String> of(TableName table) {
        List<String> planned = tables.get(table);
        return planned == null
                ? MadeTables.settings(madeTables, table)
                        .map(TableSettings.Effective::key)
                        .orElse(List.of())
                : planned;
    }
}

package dev.firn.flink.write;

import dev.firn.plan.MadeTables;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TableSettings;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.sink.UniqueTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tables take no row a second time, as the file says.
 *
 * @param tables those whose names are in the plan
 * @param named all whose names are in the plan
 * @param madeTables those that come to exist while the job runs
 */
public record PlannedUnique(Map<TableName, UniqueRows> tables, Set<TableName> named, List<MadeTables> madeTables)
        implements UniqueTables {

    public PlannedUnique {
        // Copies that Java can serialise.
        tables = new TreeMap<>(tables);
        named = new TreeSet<>(named);
        madeTables = List.copyOf(madeTables);
    }

    public static PlannedUnique in(PipelinePlan plan) {
        Map<TableName, UniqueRows> tables = new TreeMap<>();
        Set<TableName> named = new TreeSet<>();
        plan.tables().forEach(table -> {
            named.add(table.name());
            table.unique().ifPresent(rows -> tables.put(table.name(), rows));
        });
        return new PlannedUnique(tables, named, MadeTables.in(plan));
    }

    @Override
    public boolean isEmpty() {
        return tables.isEmpty()
                && madeTables.stream()
                        .flatMap(made -> made.settings().stream())
                        .allMatch(entry -> entry.key().uniqueRows().isEmpty());
    }

    @Override
    public Set<TableName> planned() {
        return tables.keySet();
    }

    @Override
    public Optional<UniqueRows> of(TableName table) {
        UniqueRows planned = tables.get(table);
        return planned == null && !named.contains(table)
                ? MadeTables.settings(madeTables, table).flatMap(TableSettings.Effective::unique)
                : Optional.ofNullable(planned);
    }
}

package dev.firn.flink.write;

import dev.firn.plan.MadeTables;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TablePlan;
import dev.firn.plan.TableSettings;
import dev.firn.plan.TablesByValuePlan;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of each table's rows.
 *
 * @param tables those whose names are in the plan
 * @param madeTables those that come to exist while the job runs
 */
public record PlannedRules(Map<TableName, RowRules> tables, List<Made> madeTables) implements Serializable {

    public static final PlannedRules NONE = new PlannedRules(Map.of(), List.of());

    public PlannedRules {
        // A copy that Java can serialise.
        tables = new TreeMap<>(tables);
        madeTables = List.copyOf(madeTables);
    }

    /**
     * Tables of one template.
     *
     * @param columns of its streams' records; null where they are not known
     */
    public record Made(MadeTables tables, @Nullable TableSchema columns) implements Serializable {}

    public static PlannedRules in(PipelinePlan plan) {
        Map<TableName, RowRules> tables = new TreeMap<>();
        for (TablePlan table : plan.tables()) {
            tables.put(table.name(), table.rules().rules(table.records()));
        }
        List<Made> made = new ArrayList<>();
        for (TablesByValuePlan byValue : plan.tablesByValue()) {
            made.add(new Made(
                    new MadeTables(byValue.template(), byValue.settings()),
                    byValue.schema().orElse(null)));
        }
        return new PlannedRules(tables, made);
    }

    /** Whether there is none for any table. */
    boolean isEmpty() {
        return tables.values().stream().allMatch(RowRules::isEmpty)
                && madeTables.stream()
                        .flatMap(made -> made.tables().settings().stream())
                        .allMatch(entry -> entry.rules().isEmpty());
    }

    public RowRules of(TableName table) {
        RowRules planned = tables.get(table);
        if (planned != null) {
            return planned;
        }
        return madeTables.stream()
                .filter(made -> made.tables().template().canBe(table.full()))
                .findFirst()
                .map(made -> TableSettings.effective(made.tables().settings(), table)
                        .rules()
                        .rules(Optional.ofNullable(made.columns())))
                .orElse(RowRules.NONE);
    }
}

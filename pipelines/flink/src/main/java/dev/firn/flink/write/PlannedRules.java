package dev.firn.flink.write;

import dev.firn.definition.table.Otherwise;
import dev.firn.plan.MadeTables;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TablePlan;
import dev.firn.plan.TableSettings;
import dev.firn.plan.TablesByValuePlan;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
            tables.put(
                    table.name(), withKey(table.rules().rules(table.records()), notNull(table.key(), table.unique())));
        }
        List<Made> made = new ArrayList<>();
        for (TablesByValuePlan byValue : plan.tablesByValue()) {
            made.add(new Made(
                    new MadeTables(byValue.template(), byValue.settings()),
                    byValue.schema().orElse(null)));
        }
        return new PlannedRules(tables, made);
    }

    /** Of a table that no plan has seen; the plan has refused files that may say both of one. */
    private static RowRules rules(Made made, TableSettings.Effective settings) {
        if (settings.rules().eventTime() != null
                && (!settings.key().isEmpty() || settings.unique().isPresent())) {
            throw new IllegalStateException(
                    "our bug: a table has `event-time` whose rows are written by whoever has their keys");
        }
        return withKey(
                settings.rules().rules(Optional.ofNullable(made.columns())),
                notNull(settings.key(), settings.unique()));
    }

    /** The columns by which rows are told apart. */
    private static List<String> notNull(List<String> key, Optional<UniqueRows> unique) {
        List<String> columns = new ArrayList<>(key);
        unique.ifPresent(rows -> {
            columns.addAll(rows.key());
            columns.add(rows.time());
        });
        return columns;
    }

    /** Of a keyed table its key's rule is the last: what the file says of rows is asked first. */
    private static RowRules withKey(RowRules said, List<String> key) {
        if (key.isEmpty()) {
            return said;
        }
        List<RowRule> expect = new ArrayList<>(said.expect());
        expect.add(new RowRule(RowKeys.NOT_NULL, notNull(key), Otherwise.QUARANTINE));
        return said.expecting(expect);
    }

    private static String notNull(List<String> key) {
        return key.stream()
                .map(column -> '"' + column.replace("\"", "\"\"") + "\" is not null")
                .collect(Collectors.joining(" and "));
    }

    /** Whether there is none for any table. */
    boolean isEmpty() {
        return tables.values().stream().allMatch(RowRules::isEmpty)
                && madeTables.stream()
                        .flatMap(made -> made.tables().settings().stream())
                        .allMatch(entry -> entry.rules().isEmpty()
                                && entry.key().write() == null
                                && entry.key().uniqueRows().isEmpty());
    }

    /** Whether there may be rows that come too late, of any table. */
    public boolean knowTimes() {
        return tables.values().stream().anyMatch(rules -> rules.eventTime().isPresent())
                || madeTables.stream()
                        .flatMap(made -> made.tables().settings().stream())
                        .anyMatch(entry -> entry.rules().eventTime() != null);
    }

    public RowRules of(TableName table) {
        RowRules planned = tables.get(table);
        if (planned != null) {
            return planned;
        }
        return madeTables.stream()
                .filter(made -> made.tables().template().canBe(table.full()))
                .findFirst()
                .map(made -> rules(made, TableSettings.effective(made.tables().settings(), table)))
                .orElse(RowRules.NONE);
    }
}

package dev.firn.cli.tests;

import dev.firn.definition.table.Write;
import dev.firn.plan.KeySettings;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.RuleSettings;
import dev.firn.plan.TablePlan;
import dev.firn.plan.TableSettings;
import dev.firn.plan.TablesByValuePlan;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.RowKeys;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tables that records of a pipeline can come to, those that values name among them. */
record TargetTables(PipelinePlan plan) {

    /** @param columns empty where they are not known */
    record Target(TableName name, Optional<TableSchema> columns) {}

    Optional<Target> called(String name) {
        Optional<TablePlan> planned = plan.tables().stream()
                .filter(table -> table.name().full().equals(name))
                .findFirst();
        if (planned.isPresent()) {
            return Optional.of(new Target(planned.get().name(), planned.get().schema()));
        }
        Optional<TablesByValuePlan> byValue = plan.tablesByValue().stream()
                .filter(tables -> tables.template().canBe(name))
                .findFirst();
        return byValue.map(tables -> new Target(new TableName(name), tables.schema()));
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        plan.tables().forEach(table -> names.add(table.name().full()));
        plan.tablesByValue().forEach(tables -> names.add(tables.template().text()));
        return names;
    }

    /** The names of all rules of their rows, with that of keys, which no file spells out. */
    List<String> rules() {
        Stream<RuleSettings> named = plan.tables().stream().map(TablePlan::rules);
        Stream<RuleSettings> byValue = plan.tablesByValue().stream()
                .flatMap(tables -> tables.settings().stream())
                .map(TableSettings::rules);
        Stream<String> said = Stream.concat(named, byValue)
                .flatMap(settings -> settings.expect().stream())
                .map(RowRule::name);
        Stream<KeySettings> keys = Stream.concat(
                plan.tables().stream()
                        .map(table -> new KeySettings(
                                table.key().isEmpty() ? null : Write.UPSERT,
                                table.key(),
                                null,
                                table.unique().orElse(null))),
                plan.tablesByValue().stream()
                        .flatMap(tables -> tables.settings().stream())
                        .map(TableSettings::key));
        boolean keyed =
                keys.anyMatch(key -> !key.key().isEmpty() || key.uniqueRows().isPresent());
        return Stream.concat(said, keyed ? Stream.of(RowKeys.NOT_NULL) : Stream.empty())
                .distinct()
                .toList();
    }
}

package dev.firn.plan.settings;

import dev.firn.definition.table.Decision;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.definition.table.SchemaEvolutionOptions;
import dev.firn.plan.settings.TableSettingsPage.Row;
import java.util.Map;
import java.util.Optional;

/**
 * What is decided about kinds of changes that no entry names: by the preset, which then is where it stands, or by default.
 *
 * @param option the name of the whole
 * @param said all that the entries say, by name
 */
record EvolutionRows(String option, Map<String, Setting> said) {

    Iterable<Row> rows() {
        return EvolutionRule.all().stream()
                .filter(rule -> !rule.option().isUnbuilt() && !said.containsKey(name(rule.kind())))
                .map(this::row)
                .toList();
    }

    private Row row(EvolutionRule rule) {
        Optional<Setting> preset = Optional.ofNullable(said.get(name("preset")));
        Decision decision = preset.flatMap(
                        setting -> setting.entry().options().schemaEvolution().flatMap(SchemaEvolutionOptions::preset))
                .map(rule::of)
                .orElseGet(rule::usual);
        return new Row(name(rule.kind()), decision.word(), preset);
    }

    private String name(String key) {
        return option + "." + key;
    }
}

package dev.firn.plan.settings;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.Option;
import dev.firn.definition.table.SchemaEvolutionOptions;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All settings of a table, those that nobody says included.
 *
 * @param rows what is set, by the file or by default
 * @param unset options that are said nowhere and have no default
 */
public record TableSettingsPage(
        TableName table, List<Bound<TableOptions>> entries, List<Row> rows, List<String> unset) {

    /** One setting; by default where no place has it. */
    public record Row(String name, String value, Optional<Setting> from) {}

    public TableSettingsPage {
        entries = List.copyOf(entries);
        rows = List.copyOf(rows);
        unset = List.copyOf(unset);
    }

    public static TableSettingsPage of(List<Bound<TableOptions>> entries, TableName table) {
        EffectiveSettings effective = EffectiveSettings.of(entries, table);
        List<Row> rows = new ArrayList<>();
        List<String> unset = new ArrayList<>();
        for (Option option : Option.of(TableOptions.class)) {
            if (!option.isRequired()) {
                add(option, effective.settings(), rows, unset);
            }
        }
        return new TableSettingsPage(table, effective.entries(), rows, unset);
    }

    private static void add(Option option, List<Setting> all, List<Row> rows, List<String> unset) {
        Map<String, Setting> said = all.stream()
                .filter(setting -> setting.option().equals(option.name()))
                .collect(Collectors.toMap(Setting::name, Function.identity()));
        all.stream()
                .filter(setting -> setting.option().equals(option.name()))
                .forEach(setting -> rows.add(new Row(setting.name(), setting.text(), Optional.of(setting))));
        List<Row> defaults = said.containsKey(option.name()) ? List.of() : defaults(option);
        defaults.stream().filter(row -> !said.containsKey(row.name())).forEach(rows::add);
        if (option.nested().filter(SchemaEvolutionOptions.class::equals).isPresent()) {
            new EvolutionRows(option.name(), said).rows().forEach(rows::add);
            return;
        }
        if (said.isEmpty() && defaults.isEmpty()) {
            // What is not built can't be set, so it is not missed either.
            if (!option.isUnbuilt()) {
                unset.add(option.name());
            }
        }
    }

    /** Its own, or those of the options inside where it is a mapping that holds without being said. */
    private static List<Row> defaults(Option option) {
        if (option.defaultText().isPresent()) {
            return List.of(new Row(option.name(), option.defaultText().get(), Optional.empty()));
        }
        boolean always = option.type() instanceof Class<?>;
        return option.nested().filter(inside -> always).stream()
                .flatMap(inside -> Option.of(inside).stream())
                .filter(inside -> inside.defaultText().isPresent())
                .map(inside -> new Row(
                        option.name() + "." + inside.name(),
                        inside.defaultText().orElseThrow(),
                        Optional.empty()))
                .toList();
    }
}

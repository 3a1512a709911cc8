package dev.firn.plan.settings;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.Option;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.yaml.Node;
import dev.firn.spi.schema.TableName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of one table, from all entries that select it, top to bottom: a later one wins, and mappings merge by key. Whatever
 * options there are, for it goes by the tree of the file.
 */
public final class EffectiveSettings {

    private static final String SELECTOR = "table";

    /** Options that are mappings and may be written as one of their keys alone: {@code schema-evolution: lenient} is its preset. */
    private static final Map<String, String> ALONE = Option.of(TableOptions.class).stream()
            .filter(option -> !Map.class.equals(rawType(option.type())))
            .filter(option -> option.nested().flatMap(Option::shorthand).isPresent())
            .collect(Collectors.toMap(Option::name, option -> option.nested()
                    .flatMap(Option::shorthand)
                    .orElseThrow()
                    .name()));

    private final List<Bound<TableOptions>> entries;

    /** All that was said under a name, the one that holds last; it may be one that replaces the whole option. */
    private final Map<String, List<Setting>> said = new LinkedHashMap<>();

    private EffectiveSettings(List<Bound<TableOptions>> entries) {
        this.entries = List.copyOf(entries);
        entries.forEach(this::hear);
    }

    public static EffectiveSettings of(List<Bound<TableOptions>> entries, TableName table) {
        return new EffectiveSettings(
                entries.stream().filter(entry -> selects(entry, table)).toList());
    }

    private static Type rawType(Type type) {
        return type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
    }

    static boolean selects(Bound<TableOptions> entry, TableName table) {
        return Selector.parse(entry.options().table()).matches(table.full());
    }

    private void hear(Bound<TableOptions> entry) {
        for (Node.Entry option : entry.node().entries()) {
            String name = option.key().text();
            if (name.equals(SELECTOR)) {
                continue;
            }
            if (option.value() instanceof Node.Mapping mapping) {
                mapping.entries()
                        .forEach(inside -> add(new Setting(
                                name,
                                Optional.of(inside.key().text()),
                                inside.value(),
                                inside.key().span(),
                                entry)));
            } else {
                Setting whole = new Setting(
                        name,
                        Optional.ofNullable(ALONE.get(name)),
                        option.value(),
                        option.key().span(),
                        entry);
                said.values().stream()
                        .filter(heard -> heard.get(0).option().equals(name)
                                && !heard.get(0).name().equals(whole.name()))
                        .forEach(heard -> heard.add(whole));
                add(whole);
            }
        }
    }

    private void add(Setting setting) {
        said.computeIfAbsent(setting.name(), first -> new ArrayList<>()).add(setting);
    }

    /** The entries that select the table, in the order of the file. */
    public List<Bound<TableOptions>> entries() {
        return entries;
    }

    /** What holds, in the order in which it was first said. */
    public List<Setting> settings() {
        return said.entrySet().stream()
                .map(heard -> Map.entry(heard.getKey(), last(heard.getValue())))
                .filter(heard -> heard.getValue().name().equals(heard.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** A setting that does not hold because of a later one. */
    public record Hidden(Setting setting, Setting by) {}

    /** All that was said and does not hold, unless the one that holds says the same. */
    public List<Hidden> hidden() {
        List<Hidden> hidden = new ArrayList<>();
        for (List<Setting> heard : said.values()) {
            Setting holds = last(heard);
            heard.stream()
                    .filter(setting -> setting.name().equals(heard.get(0).name()) && !setting.equals(holds))
                    .filter(setting -> !setting.text().equals(holds.text())
                            || !setting.name().equals(holds.name()))
                    .forEach(setting -> hidden.add(new Hidden(setting, holds)));
        }
        return hidden;
    }

    private static Setting last(List<Setting> heard) {
        return heard.get(heard.size() - 1);
    }
}

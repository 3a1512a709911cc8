package dev.firn.cli.grammar;

import dev.firn.definition.bind.Option;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of changes of schemas as markdown: what can be decided about each, the default and its reason, and the presets. */
public final class EvolutionTables {

    private EvolutionTables() {}

    public static String markdown() {
        return table(
                        List.of("kind", "what has happened", "can be", "default", "because"),
                        EvolutionRule.all().stream().map(EvolutionTables::kind).toList())
                + "\n"
                + table(
                        Stream.concat(
                                        Stream.of("kind", "default"),
                                        Arrays.stream(Preset.values()).map(EvolutionTables::code))
                                .toList(),
                        EvolutionRule.all().stream()
                                .filter(rule -> !rule.option().isUnbuilt())
                                .map(EvolutionTables::presets)
                                .toList());
    }

    private static List<String> kind(EvolutionRule rule) {
        String happened = rule.option().doc().orElse("");
        return List.of(
                "`" + rule.kind() + "`",
                rule.option().isUnbuilt() ? happened + " **Not built yet.**" : happened,
                rule.allowed().stream()
                        .filter(decision -> !Option.isUnbuilt(decision))
                        .map(EvolutionTables::code)
                        .collect(Collectors.joining(", ")),
                code(rule.usual()),
                rule.because());
    }

    private static List<String> presets(EvolutionRule rule) {
        return Stream.concat(
                        Stream.of("`" + rule.kind() + "`", rule.usual().word()),
                        Arrays.stream(Preset.values())
                                .map(preset -> rule.of(preset).word()))
                .toList();
    }

    private static String code(Enum<?> word) {
        return "`" + Option.word(word) + "`";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        return line(head) + "|" + "---|".repeat(head.size()) + "\n"
                + rows.stream().map(EvolutionTables::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}

package dev.firn.definition.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Option;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvolutionRuleTest {

    static List<EvolutionRule> rules() {
        return EvolutionRule.all();
    }

    @Test
    void thereIsOneForEachKindOfTheGrammar() {
        List<String> kinds = Option.of(SchemaEvolutionOptions.class).stream()
                .map(Option::name)
                .filter(name -> !name.equals("preset"))
                .toList();
        assertThat(rules()).extracting(EvolutionRule::kind).containsExactlyElementsOf(kinds);
    }

    /** What nobody may write in a file, nobody may get without writing it. */
    @ParameterizedTest
    @MethodSource("rules")
    void decidesNothingThatTheKindDoesNotAllow(EvolutionRule rule) {
        assertThat(rule.allowed()).contains(rule.usual());
        assertThat(Preset.values())
                .allSatisfy(preset ->
                        assertThat(rule.allowed()).as(Option.word(preset)).contains(rule.of(preset)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noDecisionThatTheFileDoesNotNameIsYetToBeBuilt(EvolutionRule rule) {
        assertThat(Preset.values()).allSatisfy(preset -> assertThat(Option.isUnbuilt(rule.of(preset)))
                .isFalse());
        assertThat(Option.isUnbuilt(rule.usual())).isFalse();
    }

    @Test
    void takesNothingFromReadersUnlessTheFileSaysSo() {
        assertThat(usual(Decision.APPLY))
                .containsExactly(
                        "add-column", "rename-column", "widen-type", "make-optional", "add-symbol", "remove-symbol");
        assertThat(usual(Decision.KEEP_NULLABLE)).containsExactly("drop-column");
        assertThat(usual(Decision.IGNORE)).containsExactly("narrow-type", "make-required", "reorder", "drop-table");
        assertThat(usual(Decision.QUARANTINE)).containsExactly("incompatible");
    }

    private static List<String> usual(Decision decision) {
        return rules().stream()
                .filter(rule -> rule.usual() == decision)
                .map(EvolutionRule::kind)
                .toList();
    }

    @Test
    void presetsMeanWhatTheirNamesPromise() {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.of(Preset.EXCEPTION)).isEqualTo(Decision.FAIL);
            // They differ in what happens where the table can't follow.
            if (rule.of(Preset.EVOLVE) != rule.of(Preset.TRY_EVOLVE)) {
                assertThat(rule.of(Preset.EVOLVE)).isEqualTo(Decision.FAIL);
            } else {
                assertThat(rule.of(Preset.EVOLVE) == Decision.APPLY)
                        .isEqualTo(rule.allowed().contains(Decision.APPLY));
            }
        });
        assertThat(changing(Preset.IGNORE)).containsExactly("drop-column", "make-optional", "add-symbol");
        assertThat(changing(Preset.LENIENT))
                .containsExactly(
                        "add-column",
                        "drop-column",
                        "rename-column",
                        "widen-type",
                        "make-optional",
                        "add-symbol",
                        "remove-symbol");
    }

    private static List<String> changing(Preset preset) {
        return rules().stream()
                .filter(rule -> rule.of(preset) == Decision.APPLY || rule.of(preset) == Decision.KEEP_NULLABLE)
                .map(EvolutionRule::kind)
                .toList();
    }

    @Test
    void tellsWhatTheFileSaysOfAKind() {
        Node.Mapping node = (Node.Mapping) YamlReader.read("shop.yaml", "{preset: ignore, widen-type: fail}")
                .value()
                .orElseThrow();
        SchemaEvolutionOptions options = Binder.bind(node, SchemaEvolutionOptions.class)
                .value()
                .orElseThrow()
                .options();
        assertThat(rules().stream()
                        .filter(rule -> rule.said(options).isPresent())
                        .collect(Collectors.toMap(
                                EvolutionRule::kind, rule -> rule.said(options).orElseThrow())))
                .hasToString("{widen-type=FAIL}");
    }

    @Test
    void writesDecisionsAsTheFileDoes() {
        assertThat(Arrays.stream(Decision.values()).map(Decision::word))
                .containsExactly("apply", "keep-nullable", "ignore", "quarantine", "pause-table", "fail");
        assertThat(Decision.values())
                .allSatisfy(decision -> assertThat(Decision.of(decision.word())).isEqualTo(decision));
    }
}

package dev.firn.plan;

import dev.firn.definition.table.Decision;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.plan.Page.Labelled;
import dev.firn.spi.evolution.EvolutionPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done about changes of schemas, for people: of a table what is unusual, and what is usual once. */
final class EvolutionLines {

    static final String TITLE = "schema-evolution by default";

    private EvolutionLines() {}

    static Labelled row(EvolutionPolicy policy) {
        List<String> parts = new ArrayList<>();
        EvolutionSettings.unusual(policy).forEach((kind, decision) -> parts.add(kind.word() + " " + decision.word()));
        parts.add(parts.isEmpty() ? "by default" : "others by default");
        return new Labelled("evolution", parts);
    }

    /** The kinds of each decision. */
    static List<Labelled> usual() {
        Map<Decision, List<String>> kinds = new LinkedHashMap<>();
        EvolutionRule.all().stream().filter(rule -> !rule.option().isUnbuilt()).forEach(rule -> kinds.computeIfAbsent(
                        rule.usual(), first -> new ArrayList<>())
                .add(rule.kind()));
        return kinds.entrySet().stream()
                .map(entry -> new Labelled(entry.getKey().word(), entry.getValue()))
                .toList();
    }
}

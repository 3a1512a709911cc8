package dev.firn.spi.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What is done about each kind of change of one table's schema.
 *
 * @param decisions one for every kind
 */
public record EvolutionPolicy(Map<ChangeKind, Decision> decisions) implements Serializable {

    public EvolutionPolicy {
        EnumMap<ChangeKind, Decision> copy = new EnumMap<>(ChangeKind.class);
        copy.putAll(decisions);
        if (copy.size() != ChangeKind.values().length) {
            throw new IllegalArgumentException("our bug: a policy without a decision for each kind: " + decisions);
        }
        decisions = Collections.unmodifiableMap(copy);
    }

    /** Of a table that the file says nothing about. */
    public static EvolutionPolicy usual() {
        return byRule(EvolutionRule::usual);
    }

    public static EvolutionPolicy of(Preset preset) {
        return byRule(rule -> rule.of(preset));
    }

    private static EvolutionPolicy byRule(Function<EvolutionRule, Decision> decision) {
        EnumMap<ChangeKind, Decision> decisions = new EnumMap<>(ChangeKind.class);
        EvolutionRule.all().forEach(rule -> decisions.put(ChangeKind.of(rule), decision.apply(rule)));
        return new EvolutionPolicy(decisions);
    }

    /** The same but for some kinds. */
    public EvolutionPolicy with(Map<ChangeKind, Decision> others) {
        EnumMap<ChangeKind, Decision> merged = new EnumMap<>(decisions);
        merged.putAll(others);
        return new EvolutionPolicy(merged);
    }

    public Decision of(ChangeKind kind) {
        Decision decision = decisions.get(kind);
        if (decision == null) {
            throw new IllegalStateException("our bug: no decision for " + kind);
        }
        return decision;
    }
}

package dev.firn.spi.evolution;

import dev.firn.definition.table.Decision;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

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

    public Decision of(ChangeKind kind) {
        Decision decision = decisions.get(kind);
        if (decision == null) {
            throw new IllegalStateException("our bug: no decision for " + kind);
        }
        return decision;
    }
}

package dev.firn.quality.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicy;
import java.util.EnumMap;
import java.util.Map;

/** Policies of tests. */
final class Policy {

    private Policy() {}

    /** What keeps every value: nothing is refused that fits, and nothing goes. */
    static EvolutionPolicy joining() {
        Map<ChangeKind, Decision> decisions = new EnumMap<>(ChangeKind.class);
        for (ChangeKind kind : ChangeKind.values()) {
            decisions.put(kind, Decision.APPLY);
        }
        decisions.put(ChangeKind.DROP_COLUMN, Decision.KEEP_NULLABLE);
        decisions.put(ChangeKind.NARROW_TYPE, Decision.IGNORE);
        decisions.put(ChangeKind.MAKE_REQUIRED, Decision.IGNORE);
        decisions.put(ChangeKind.REORDER, Decision.IGNORE);
        decisions.put(ChangeKind.INCOMPATIBLE, Decision.QUARANTINE);
        return new EvolutionPolicy(decisions);
    }

    static EvolutionPolicy with(ChangeKind kind, Decision decision) {
        Map<ChangeKind, Decision> decisions = new EnumMap<>(joining().decisions());
        decisions.put(kind, decision);
        return new EvolutionPolicy(decisions);
    }
}

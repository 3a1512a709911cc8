package dev.firn.spi.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.spi.schema.TableName;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the file says, but that somebody has decided what is done to one table where it says {@code pause-table}. A kind of change for
 * which that means nothing goes on pausing.
 */
public record DecidedPauses(EvolutionPolicies file, TableName table, Decision decision) implements EvolutionPolicies {

    private static final String WHY = "firn table resume";

    @Override
    public EvolutionPolicy of(TableName asked) {
        EvolutionPolicy said = file.of(asked);
        if (!asked.equals(table)) {
            return said;
        }
        Map<ChangeKind, Decision> decided = new EnumMap<>(ChangeKind.class);
        Map<ChangeKind, String> reasons = new EnumMap<>(ChangeKind.class);
        decided.putAll(said.decisions());
        reasons.putAll(said.reasons());
        for (EvolutionRule rule : EvolutionRule.all()) {
            ChangeKind kind = ChangeKind.of(rule);
            if (said.of(kind) == Decision.PAUSE_TABLE && rule.allowed().contains(decision)) {
                decided.put(kind, decision);
                reasons.put(kind, WHY);
            }
        }
        return new EvolutionPolicy(decided, reasons);
    }
}

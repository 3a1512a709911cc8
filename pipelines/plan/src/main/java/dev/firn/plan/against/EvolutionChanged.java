package dev.firn.plan.against;

import dev.firn.definition.table.EvolutionRule;
import dev.firn.plan.against.Settings.Change;
import dev.firn.plan.against.StoredPlan.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Another decision about a kind of change. A plan has those alone that are not usual, so what it lacks is the default. */
final class EvolutionChanged implements Rule {

    private static final String PREFIX = "schema-evolution.";

    private static final Map<String, String> USUAL = EvolutionRule.all().stream()
            .collect(Collectors.toMap(EvolutionRule::kind, rule -> rule.usual().word()));

    static boolean isDecision(String setting) {
        return setting.startsWith(PREFIX);
    }

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Pairs.ofTables(before, now, (was, is) -> changed(Places.table(is.name()), was, is));
    }

    private static List<Difference> changed(String place, Table was, Table is) {
        return was.settings().changes(is.settings(), EvolutionChanged::isDecision).stream()
                .map(change -> Difference.of(
                        AgainstCode.SETTING_CHANGED,
                        place,
                        new Change(change.setting(), decision(change, change.was()), decision(change, change.is())),
                        "it holds from the next start, for schemas that the table was not written with before; the"
                                + " columns that it has stay as they are"))
                .toList();
    }

    private static Optional<String> decision(Change change, Optional<String> said) {
        return said.or(() -> Optional.ofNullable(USUAL.get(change.setting().substring(PREFIX.length()))));
    }
}

package dev.firn.plan.settings;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.selector.Selector;
import dev.firn.plan.PlanCode;
import dev.firn.plan.settings.EffectiveSettings.Hidden;
import dev.firn.spi.schema.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Warns where a later, more general entry of {@code tables:} takes away what an earlier one says of its table. */
public record HiddenSettings(List<Bound<TableOptions>> entries, Diagnostics diagnostics) {

    /** What is hidden at one place by another. */
    private record Pair(SourceSpan hidden, SourceSpan by) {}

    /** @param tables those that are planned: only of them it is known what is selected */
    public void check(Set<TableName> tables) {
        Map<Pair, Hidden> found = new LinkedHashMap<>();
        Map<Pair, Set<String>> affected = new LinkedHashMap<>();
        for (TableName table : new TreeSet<>(tables)) {
            for (Hidden hidden : EffectiveSettings.of(entries, table).hidden()) {
                if (isMoreGeneral(hidden.by().entry(), hidden.setting().entry(), tables)) {
                    Pair pair = new Pair(hidden.setting().at(), hidden.by().at());
                    found.putIfAbsent(pair, hidden);
                    affected.computeIfAbsent(pair, first -> new TreeSet<>()).add(table.full());
                }
            }
        }
        found.forEach((pair, hidden) -> report(hidden, affected.getOrDefault(pair, Set.of())));
    }

    /** A name is less general than what may select several; else it is a matter of the tables that there are. */
    private static boolean isMoreGeneral(
            Bound<TableOptions> later, Bound<TableOptions> earlier, Set<TableName> tables) {
        boolean laterIsName = selector(later).literal().isPresent();
        if (laterIsName) {
            return false;
        }
        if (selector(earlier).literal().isPresent()) {
            return true;
        }
        boolean all = tables.stream()
                .filter(table -> EffectiveSettings.selects(earlier, table))
                .allMatch(table -> EffectiveSettings.selects(later, table));
        boolean more = tables.stream()
                .anyMatch(
                        table -> EffectiveSettings.selects(later, table) && !EffectiveSettings.selects(earlier, table));
        return all && more;
    }

    private static Selector selector(Bound<TableOptions> entry) {
        return Selector.parse(entry.options().table());
    }

    private void report(Hidden hidden, Set<String> tables) {
        String earlier = hidden.setting().entry().options().table();
        String later = hidden.by().entry().options().table();
        boolean itself = tables.equals(Set.of(earlier));
        diagnostics
                .at("tables (" + earlier + ")")
                .report(Diagnostic.warning(
                                PlanCode.HIDDEN_SETTING,
                                hidden.setting().at(),
                                "`" + hidden.setting().name() + ": "
                                        + hidden.setting().text() + "` does not hold"
                                        + (itself ? "" : " for " + names(tables)) + ": line "
                                        + hidden.by().at().line() + " says `"
                                        + hidden.by().text() + "` for `" + later
                                        + "`, and a later entry wins")
                        .fixedBy("move the entry for `" + later + "` above this one"));
    }

    private static String names(Set<String> tables) {
        String first = "`" + tables.iterator().next() + "`";
        return tables.size() == 1 ? first : first + " and " + (tables.size() - 1) + " more";
    }
}

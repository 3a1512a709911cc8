package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Whatever else differs: nothing that is different goes unsaid. */
final class SettingChanged implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        List<Difference> found = new ArrayList<>();
        add(found, Places.PIPELINE, before.settings(), now.settings(), name -> !StateFolderChanged.isFolder(name));
        found.addAll(Pairs.ofSources(before, now, (was, is) -> {
            List<Difference> ofSource = new ArrayList<>();
            if (!was.type().equals(is.type())) {
                ofSource.add(Difference.of(
                        AgainstCode.SETTING_CHANGED, Places.source(is.name()), "type", was.type(), is.type(), MEANS));
            }
            add(ofSource, Places.source(is.name()), was.settings(), is.settings(), SourceWords.others());
            return ofSource;
        }));
        found.addAll(Pairs.ofTables(before, now, (was, is) -> ofTable(Places.table(is.name()), was, is)));
        found.addAll(Pairs.ofTemplates(before, now, (was, is) -> ofTable(Places.template(is.name()), was, is)));
        if (!before.sink().type().equals(now.sink().type())) {
            found.add(Difference.of(
                    AgainstCode.SETTING_CHANGED,
                    Places.SINK,
                    "type",
                    before.sink().type(),
                    now.sink().type(),
                    MEANS));
        }
        add(found, Places.SINK, before.sink().settings(), now.sink().settings(), name -> !CatalogChanged.isPlace(name));
        return found;
    }

    private static final String MEANS = "it holds from the next start; state and positions are not concerned";

    private static List<Difference> ofTable(String place, Table was, Table is) {
        List<Difference> found = new ArrayList<>();
        add(
                found,
                place,
                was.settings(),
                is.settings(),
                name -> !TableLayoutChanged.isLayout(name)
                        && !EvolutionChanged.isDecision(name)
                        && !RouteColumnChanged.isColumn(name)
                        && !name.equals(MaxTablesLowered.SETTING));
        was.settings().changes(is.settings(), MaxTablesLowered.SETTING::equals).stream()
                .filter(change -> MaxTablesLowered.number(change.is()) >= MaxTablesLowered.number(change.was()))
                .forEach(change -> found.add(Difference.of(AgainstCode.SETTING_CHANGED, place, change, MEANS)));
        return found;
    }

    private static void add(
            List<Difference> found, String place, Settings before, Settings now, Predicate<String> asked) {
        before.changes(now, asked)
                .forEach(change -> found.add(Difference.of(AgainstCode.SETTING_CHANGED, place, change, MEANS)));
    }
}

package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The columns of a table, as its streams' schemas and the file make them. */
final class ColumnsChanged implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Stream.concat(
                        Pairs.ofTables(before, now, (was, is) -> changed(Places.table(is.name()), was, is)).stream(),
                        Pairs.ofTemplates(before, now, (was, is) -> changed(Places.template(is.name()), was, is))
                                .stream())
                .toList();
    }

    private static List<Difference> changed(String place, Table was, Table is) {
        // A plan that was made offline may know none, which says nothing about them.
        if (was.columns().isEmpty() || is.columns().isEmpty()) {
            return List.of();
        }
        List<Difference> found = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(was.columns().keySet());
        names.addAll(is.columns().keySet());
        for (String name : names) {
            Optional<String> before = Optional.ofNullable(was.columns().get(name));
            Optional<String> after = Optional.ofNullable(is.columns().get(name));
            if (!before.equals(after)) {
                found.add(Difference.of(
                        AgainstCode.COLUMNS_CHANGED,
                        place,
                        new Settings.Change("column " + name, before, after),
                        means(before, after)));
            }
        }
        return found;
    }

    private static String means(Optional<String> before, Optional<String> after) {
        if (before.isEmpty()) {
            return "a table that is there does not get it by itself; where it lacks it, the plan says `table-lacks-column`";
        }
        return after.isEmpty()
                ? "a table that is there keeps it, empty from here on; where it must not be empty, the plan says"
                        + " `table-requires-column`"
                : "a table that is there keeps its type; where the two do not go together, the plan says so";
    }
}

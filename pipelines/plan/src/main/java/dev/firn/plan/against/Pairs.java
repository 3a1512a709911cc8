package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import dev.firn.plan.against.StoredPlan.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiFunction;

/** What stands in both plans under one name. */
final class Pairs {

    private Pairs() {}

    static List<Difference> ofSources(
            StoredPlan before, StoredPlan now, BiFunction<Source, Source, List<Difference>> rule) {
        return all(before.sources(), now.sources(), rule);
    }

    static List<Difference> ofTables(
            StoredPlan before, StoredPlan now, BiFunction<Table, Table, List<Difference>> rule) {
        return all(before.tables(), now.tables(), rule);
    }

    static List<Difference> ofTemplates(
            StoredPlan before, StoredPlan now, BiFunction<Table, Table, List<Difference>> rule) {
        return all(before.templates(), now.templates(), rule);
    }

    private static <T> List<Difference> all(
            SortedMap<String, T> before, SortedMap<String, T> now, BiFunction<T, T, List<Difference>> rule) {
        List<Difference> found = new ArrayList<>();
        before.forEach((name, was) -> {
            T is = now.get(name);
            if (is != null) {
                found.addAll(rule.apply(was, is));
            }
        });
        return found;
    }
}

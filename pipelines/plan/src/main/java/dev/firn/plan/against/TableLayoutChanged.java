package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Table;
import java.util.List;
import java.util.stream.Stream;

/** How a table would be made, of one that is made already. */
final class TableLayoutChanged implements Rule {

    static boolean isLayout(String setting) {
        return setting.equals("partition-by") || setting.equals("sort-by") || setting.startsWith("properties.");
    }

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Stream.concat(
                        Pairs.ofTables(before, now, (was, is) -> changed(Places.table(is.name()), was, is)).stream(),
                        Pairs.ofTemplates(before, now, (was, is) -> changed(Places.template(is.name()), was, is))
                                .stream())
                .toList();
    }

    private static List<Difference> changed(String place, Table was, Table is) {
        return was.settings().changes(is.settings(), TableLayoutChanged::isLayout).stream()
                .map(change -> Difference.of(
                        AgainstCode.TABLE_LAYOUT_CHANGED,
                        place,
                        change,
                        "a table that is there keeps what it has (`manage: create`); it holds for one that is made from here"
                                + " on"))
                .toList();
    }
}

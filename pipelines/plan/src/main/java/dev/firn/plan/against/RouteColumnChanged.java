package dev.firn.plan.against;

import java.util.List;

/** Tables of one name pattern are named by the values of another column. */
final class RouteColumnChanged implements Rule {

    static boolean isColumn(String setting) {
        return setting.equals("by");
    }

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Pairs.ofTemplates(
                before, now, (was, is) -> was.settings().changes(is.settings(), RouteColumnChanged::isColumn).stream()
                        .map(change -> Difference.of(
                                        AgainstCode.ROUTE_COLUMN_CHANGED,
                                        Places.template(is.name()),
                                        change,
                                        "tables that are there keep their rows; a value that has the name of one of them adds rows of"
                                                + " another meaning to it, and they count for `max-tables`")
                                .mendedBy("change the name in `to` too, so that new tables are told from old ones"))
                        .toList());
    }
}

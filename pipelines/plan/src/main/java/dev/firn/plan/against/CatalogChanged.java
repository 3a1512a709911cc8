package dev.firn.plan.against;

import java.util.List;
import java.util.Set;

/** Tables and ledger are looked for in another catalog. */
final class CatalogChanged implements Rule {

    /** What of a catalog's properties says which one it is, and where. */
    private static final Set<String> PLACE = Set.of(
            "catalog.type",
            "catalog.catalog-impl",
            "catalog.uri",
            "catalog.warehouse",
            "catalog.prefix",
            "catalog.name");

    static boolean isPlace(String setting) {
        return PLACE.contains(setting);
    }

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return before.sink().settings().changes(now.sink().settings(), CatalogChanged::isPlace).stream()
                .map(change -> Difference.of(
                                AgainstCode.CATALOG_CHANGED,
                                Places.SINK,
                                change,
                                "if it is another catalog, it has neither ledger nor tables: the start is refused where Flink's"
                                        + " state is found, and without it reads every stream again from `startup`, into"
                                        + " empty tables")
                        .mendedBy("move tables and ledger first; the same catalog under another address is no loss"))
                .toList();
    }
}

package dev.firn.plan.against;

import java.util.List;
import java.util.Optional;

/** Fewer tables may come to exist than before. */
final class MaxTablesLowered implements Rule {

    static final String SETTING = "max-tables";

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Pairs.ofTemplates(
                before, now, (was, is) -> was.settings().changes(is.settings(), SETTING::equals).stream()
                        .filter(change -> number(change.is()) < number(change.was()))
                        .map(change -> Difference.of(
                                AgainstCode.MAX_TABLES_LOWERED,
                                Places.template(is.name()),
                                change,
                                "tables that are there go on; where there are as many already, the rows of a new value go to"
                                        + " quarantine (too-many-tables)"))
                        .toList());
    }

    static long number(Optional<String> text) {
        try {
            return text.map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}

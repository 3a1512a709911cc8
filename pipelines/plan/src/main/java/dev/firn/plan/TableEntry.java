package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.spi.schema.TableName;
import java.util.TreeMap;

/** An entry of {@code tables:}, read once whatever number of tables it selects. */
record TableEntry(Bound<TableOptions> bound, Selector selector, Partitioning partitioning, Sorting sorting) {

    static TableEntry read(Bound<TableOptions> bound, Diagnostics diagnostics) {
        Selector selector = Selector.parse(bound.options().table());
        Diagnostics here = diagnostics.at(place(selector));
        return new TableEntry(bound, selector, Partitioning.read(bound, here), Sorting.read(bound, here));
    }

    boolean selects(TableName table) {
        return selector.matches(table.full());
    }

    /** Whether some table of the template may be selected; of an expression nobody can say, so it may. */
    boolean maySelect(TableTemplate template) {
        return selector.toString().startsWith("/") || template.meets(selector.toString());
    }

    TableSettings settings() {
        return new TableSettings(
                selector,
                saysPartitioning() ? partitioning.transforms() : null,
                saysSorting() ? sorting.fields() : null,
                new TreeMap<>(bound.options().properties()),
                CommitSettings.of(bound),
                EvolutionSettings.of(bound),
                RuleSettings.of(bound),
                KeySettings.of(bound));
    }

    /** An empty list says something too: no partitions, whatever an earlier entry says. */
    boolean saysPartitioning() {
        return bound.node().child("partition-by").isPresent();
    }

    /** An empty list says that rows have no order. */
    boolean saysSorting() {
        return bound.node().child("sort-by").isPresent();
    }

    /** What it says about commits; the rest stays as earlier entries have it. */
    TableCommits over(TableCommits before) {
        return CommitSettings.of(bound).over(before);
    }

    /** What it says about changes of schemas; the rest stays as earlier entries have it. */
    EvolutionSettings over(EvolutionSettings before) {
        return EvolutionSettings.of(bound).over(before);
    }

    /** What it says of rows; the rest stays as earlier entries have it. */
    RuleSettings over(RuleSettings before) {
        return RuleSettings.of(bound).over(before);
    }

    /** What it says of how records become rows; the rest stays as earlier entries have it. */
    KeySettings over(KeySettings before) {
        return KeySettings.of(bound).over(before);
    }

    String place() {
        return place(selector);
    }

    private static String place(Selector selector) {
        return "tables (" + selector + ")";
    }
}

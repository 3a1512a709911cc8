package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.yaml.Node;
import dev.firn.spi.schema.TableName;

/** An entry of {@code tables:}, read once whatever number of tables it selects. */
record TableEntry(Bound<TableOptions> bound, Selector selector, Partitioning partitioning) {

    static TableEntry read(Bound<TableOptions> bound, Diagnostics diagnostics) {
        Selector selector = Selector.parse(bound.options().table());
        return new TableEntry(bound, selector, Partitioning.read(bound, diagnostics.at(place(selector))));
    }

    boolean selects(TableName table) {
        return selector.matches(table.full());
    }

    /** An empty list says something too: no partitions, whatever an earlier entry says. */
    boolean saysPartitioning() {
        return bound.node().child("partition-by").isPresent();
    }

    /** What it says about commits; the rest stays as earlier entries have it. */
    TableCommits over(TableCommits before) {
        TableOptions options = bound.options();
        return new TableCommits(
                options.commitInterval().orElse(before.interval()),
                saysHold("for") ? options.hold().time() : before.holdFor(),
                saysHold("bytes") ? options.hold().bytes() : before.holdBytes());
    }

    private boolean saysHold(String option) {
        return bound.node()
                .child("hold")
                .filter(hold -> hold instanceof Node.Mapping mapping
                        && mapping.child(option).isPresent())
                .isPresent();
    }

    String place() {
        return place(selector);
    }

    private static String place(Selector selector) {
        return "tables (" + selector + ")";
    }
}

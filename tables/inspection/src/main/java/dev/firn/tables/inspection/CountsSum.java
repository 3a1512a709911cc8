package dev.firn.tables.inspection;

import dev.firn.spi.inspection.Counts;

/** Adds counts up. */
final class CountsSum {

    private Counts counts = Counts.NOTHING;

    void add(Counts more) {
        counts = counts.plus(more);
    }

    Counts counts() {
        return counts;
    }
}

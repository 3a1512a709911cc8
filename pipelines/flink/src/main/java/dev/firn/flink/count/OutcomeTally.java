package dev.firn.flink.count;

import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up outcomes until the next barrier. */
public final class OutcomeTally {

    /** The order in which outcomes are told, so that equal work gives equal ledgers. */
    static final Comparator<OutcomeCount> ORDER = Comparator.comparing(OutcomeCount::split)
            .thenComparing(OutcomeCount::outcome)
            .thenComparing(OutcomeCount::table)
            .thenComparing(OutcomeCount::reason);

    private record What(Outcome outcome, String table, String reason) {}

    private final Map<Split, Map<What, Long>> counts = new TreeMap<>();

    public void add(Split split, Outcome outcome, String table, String reason, long records) {
        counts.computeIfAbsent(split, key -> new HashMap<>())
                .merge(new What(outcome, table, reason), records, Long::sum);
    }

    void add(OutcomeCount count) {
        add(count.split(), count.outcome(), count.table(), count.reason(), count.records());
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** What was added since the last time, in order; the tally starts anew. */
    public List<OutcomeCount> drain() {
        List<OutcomeCount> drained = new ArrayList<>();
        counts.forEach((split, whats) -> whats.forEach((what, records) ->
                drained.add(new OutcomeCount(split, what.outcome(), what.table(), what.reason(), records))));
        counts.clear();
        drained.sort(ORDER);
        return drained;
    }
}

package dev.firn.flink.local;

import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.List;
import java.util.Map;

/**
 * When a pipeline has caught up with where its sources ended at one moment: the ledger's position of every split has
 * reached that end. Positions, not records: the last offset of a partition may be a transaction marker.
 */
public record CatchUp(List<SplitRange> goal) {

    public CatchUp {
        goal = List.copyOf(goal);
    }

    /** How many positions are still to go, over all splits. */
    public long lag(LedgerState ledger) {
        long lag = 0;
        for (SplitRange range : goal) {
            lag += Math.max(0, range.end() - position(range, ledger.positions()));
        }
        return lag;
    }

    private static long position(SplitRange range, Map<Split, Long> positions) {
        return positions.getOrDefault(range.split(), range.start());
    }
}

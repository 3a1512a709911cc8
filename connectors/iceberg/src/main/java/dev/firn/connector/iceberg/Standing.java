package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where splits stand, and the last records that were read of them.
 *
 * @param lastRecords of those splits of which it is known
 */
record Standing(Map<Split, Long> positions, Map<Split, LastRecord> lastRecords) {

    static final Standing NOWHERE = new Standing(Map.of(), Map.of());

    /** As it is now. */
    Standing copy() {
        return new Standing(Map.copyOf(positions), Map.copyOf(lastRecords));
    }

    /** Behind what was read since. */
    Standing and(List<SplitProgress> progress) {
        Map<Split, Long> moved = new HashMap<>(positions);
        Map<Split, LastRecord> last = new HashMap<>(lastRecords);
        progress.forEach(line -> {
            moved.put(line.split(), line.to());
            note(line, last);
        });
        return new Standing(moved, last);
    }

    /** Takes down the last record of a split that has moved. */
    static void note(SplitProgress line, Map<Split, LastRecord> lastRecords) {
        LastRecord last = line.lastAfter(lastRecords.get(line.split()));
        if (last == null) {
            lastRecords.remove(line.split());
        } else {
            lastRecords.put(line.split(), last);
        }
    }
}

package dev.firn.spi.ledger;

import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the ledger says now.
 *
 * @param lastEpoch 0 before the first
 * @param lastRun 0 before the first
 * @param positions of every split that was ever read: where to go on
 * @param open epochs that are in the ledger and, as far as the ledger knows, not yet in all their tables; oldest first
 * @param writtenAt when each of those was written, by its number
 * @param rewinds all that ever were, oldest first
 * @param lastRecords that were read of those splits, of which it is known
 */
public record LedgerState(
        long lastEpoch,
        long lastRun,
        Map<Split, Long> positions,
        List<Epoch> open,
        Map<Long, Instant> writtenAt,
        List<Rewound> rewinds,
        Map<Split, LastRecord> lastRecords) {

    public LedgerState {
        lastRecords = Map.copyOf(lastRecords);
        positions = java.util.Collections.unmodifiableMap(new TreeMap<>(positions));
        open = List.copyOf(open);
        writtenAt = Map.copyOf(writtenAt);
        rewinds = List.copyOf(rewinds);
    }

    /** Where nobody asks how old the open epochs are. */
    public LedgerState(long lastEpoch, long lastRun, Map<Split, Long> positions, List<Epoch> open) {
        this(lastEpoch, lastRun, positions, open, Map.of(), List.of(), Map.of());
    }

    public Optional<Rewound> lastRewind() {
        return rewinds.isEmpty() ? Optional.empty() : Optional.of(rewinds.get(rewinds.size() - 1));
    }
}

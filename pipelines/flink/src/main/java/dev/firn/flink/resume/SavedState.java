package dev.firn.flink.resume;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.record.Split;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a checkpoint or savepoint of a pipeline says, as far as it has to fit the ledger.
 *
 * @param folder where it is, as people write it
 * @param positions of the splits that a reader had opened: where to go on
 * @param epochs that were not known to be in the ledger, oldest first
 * @param strangers how many of its operators the plan does not have
 * @param run that it is of; 0 where it does not say
 */
public record SavedState(String folder, SortedMap<Split, Long> positions, List<Epoch> epochs, int strangers, long run) {

    public SavedState(String folder, Map<Split, Long> positions, List<Epoch> epochs, int strangers, long run) {
        this(folder, new TreeMap<>(positions), epochs, strangers, run);
    }

    public SavedState {
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
        epochs = List.copyOf(epochs);
    }

    /** The rewind of the ledger that came after it: then it knows nothing of where the ledger goes on. */
    public Optional<Rewound> rewoundSince(LedgerState ledger) {
        return ledger.lastRewind().filter(rewind -> run < rewind.run());
    }

    /** The epoch that it ends with, where it says so: one that was saved long after its last record does not. */
    OptionalLong lastEpoch() {
        return epochs.stream().mapToLong(Epoch::number).max();
    }
}

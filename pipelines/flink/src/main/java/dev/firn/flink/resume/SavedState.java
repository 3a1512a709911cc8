package dev.firn.flink.resume;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.record.Split;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
 */
public record SavedState(String folder, SortedMap<Split, Long> positions, List<Epoch> epochs, int strangers) {

    public SavedState(String folder, Map<Split, Long> positions, List<Epoch> epochs, int strangers) {
        this(folder, new TreeMap<>(positions), epochs, strangers);
    }

    public SavedState {
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
        epochs = List.copyOf(epochs);
    }

    /** The epoch that it ends with, where it says so: one that was saved long after its last record does not. */
    OptionalLong lastEpoch() {
        return epochs.stream().mapToLong(Epoch::number).max();
    }
}

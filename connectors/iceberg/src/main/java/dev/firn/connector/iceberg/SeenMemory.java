package dev.firn.connector.iceberg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the keys of all tables of one writer may take together, however many tables there are. Where it is taken a table that grows has
 * larger ones forget; one thread's.
 */
final class SeenMemory {

    /** Half of the heap is for rows and files of writers; this comes beside it. */
    private static final int HEAP_PARTS = 4;

    private final long most;
    private final List<SeenKeys> all = new ArrayList<>();

    /** @param most bytes */
    SeenMemory(long most) {
        this.most = most;
    }

    /** @param writers how many in the process know keys */
    static SeenMemory ofHeap(int writers) {
        return new SeenMemory(Runtime.getRuntime().maxMemory() / HEAP_PARTS / Math.max(1, writers));
    }

    /** From now on they count; what they begin with is theirs whatever others have. */
    void add(SeenKeys keys) {
        all.add(keys);
    }

    void remove(SeenKeys keys) {
        all.remove(keys);
    }

    /** Whether some keys may take so many bytes more. */
    boolean mayGrow(SeenKeys keys, long bytes) {
        Set<SeenKeys> inNeedOfAll = new HashSet<>();
        while (taken() + bytes > most) {
            Optional<SeenKeys> largest = all.stream()
                    .filter(other -> other != keys && !inNeedOfAll.contains(other))
                    .filter(other -> other.bytes() >= keys.bytes() + bytes)
                    .max(Comparator.comparingLong(SeenKeys::bytes));
            if (largest.isEmpty()) {
                return false;
            }
            if (!largest.get().halve()) {
                inNeedOfAll.add(largest.get());
            }
        }
        return true;
    }

    private long taken() {
        return all.stream().mapToLong(SeenKeys::bytes).sum();
    }
}

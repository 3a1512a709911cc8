package dev.firn.spi.source;

import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's position of every split that it knows: where to start without Flink state, and how far to move forward
 * with a state that is behind.
 */
public record StartPositions(Map<String, Known> bySplitId, LastRecords lastRecords) implements Serializable {

    /** Whether the source is asked for the last record that was read, before anything behind it is. */
    public enum LastRecords {
        ASKED_FOR,
        /** Somebody says that a split may have lost them. */
        LET_GO
    }

    /**
     * A position and the incarnation it counts in.
     *
     * @param last the last record that was read; null where it is not known
     */
    public record Known(String incarnation, long position, @Nullable LastRecord last) implements Serializable {}

    public StartPositions {
        bySplitId = Map.copyOf(bySplitId);
    }

    public static StartPositions none() {
        return new StartPositions(Map.of(), LastRecords.ASKED_FOR);
    }

    /** Where nothing is known of last records. */
    public static StartPositions of(Map<Split, Long> positions) {
        return of(positions, Map.of());
    }

    public static StartPositions of(Map<Split, Long> positions, Map<Split, LastRecord> lastRecords) {
        Map<String, Known> known = new TreeMap<>();
        positions.forEach((split, position) ->
                known.put(split.id(), new Known(split.incarnation(), position, lastRecords.get(split))));
        return new StartPositions(known, LastRecords.ASKED_FOR);
    }

    /** The same, whether the source still has what was read before them or not. */
    public StartPositions lettingGo() {
        return new StartPositions(bySplitId, LastRecords.LET_GO);
    }

    public Optional<Known> of(Split split) {
        return Optional.ofNullable(bySplitId.get(split.id()));
    }
}

package dev.firn.spi.source;

import dev.firn.spi.record.Split;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ledger's position of every split that it knows: where to start without Flink state, and how far to move forward
 * with a state that is behind.
 */
public record StartPositions(Map<String, Known> bySplitId) implements Serializable {

    /** A position and the incarnation it counts in. */
    public record Known(String incarnation, long position) implements Serializable {}

    public StartPositions {
        bySplitId = Map.copyOf(bySplitId);
    }

    public static StartPositions none() {
        return new StartPositions(Map.of());
    }

    public static StartPositions of(Map<Split, Long> positions) {
        Map<String, Known> known = new TreeMap<>();
        positions.forEach((split, position) -> known.put(split.id(), new Known(split.incarnation(), position)));
        return new StartPositions(known);
    }

    public Optional<Known> of(Split split) {
        return Optional.ofNullable(bySplitId.get(split.id()));
    }
}

package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import java.util.HashMap;
import java.util.Map;

/**
 * How far every split is written ahead. An epoch may only begin where the one before it ended: earlier would write rows
 * twice, later would leave rows out.
 */
final class Positions {

    private final Map<String, Split> splits = new HashMap<>();
    private final Map<Split, Long> positions = new HashMap<>();

    Positions(Map<Split, Long> known) {
        known.forEach(this::put);
    }

    /** Moves on by one epoch; throws {@link PositionsDoNotMeet} and changes nothing if it does not follow. */
    void advance(Epoch epoch) {
        for (SplitProgress progress : epoch.progress()) {
            check(progress);
        }
        for (SplitProgress progress : epoch.progress()) {
            put(progress.split(), progress.to());
        }
    }

    /** Whether a line says nothing new: a split was opened where it was known to be. */
    boolean has(SplitProgress line) {
        Long known = positions.get(line.split());
        return known != null && line.from() == known && line.to() == known;
    }

    private void check(SplitProgress progress) {
        Split split = progress.split();
        Split known = splits.get(split.id());
        if (known == null) {
            return;
        }
        if (!known.equals(split)) {
            throw new PositionsDoNotMeet(
                    split + " was deleted and made anew: the ledger counts in " + known.incarnation()
                            + ", the source now is " + split.incarnation()
                            + ". Positions of one mean nothing in the other");
        }
        long position = positions.getOrDefault(known, progress.from());
        if (progress.from() < position) {
            throw new PositionsDoNotMeet(split + " was read from position " + progress.from()
                    + " on, but the ledger already has it up to " + position + ": its rows would be written twice");
        }
        if (progress.from() > position) {
            throw new PositionsDoNotMeet(split + " was read from position " + progress.from()
                    + " on, but the ledger has it only up to " + position + ": the rows between would be missing");
        }
    }

    private void put(Split split, long position) {
        splits.put(split.id(), split);
        positions.put(split, position);
    }

    /** State, ledger and source do not fit together; going on would lose or double rows. */
    static final class PositionsDoNotMeet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PositionsDoNotMeet(String message) {
            super(message);
        }
    }
}

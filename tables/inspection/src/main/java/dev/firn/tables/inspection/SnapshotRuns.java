package dev.firn.tables.inspection;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which snapshots have a file, by their place in the table's list. Most have it one after the other, so that little is kept even
 * where there are very many.
 */
final class SnapshotRuns {

    /** From the first of a run to the one behind its last, and so on. */
    private int[] bounds = new int[2];

    private int used;

    static SnapshotRuns of(int place) {
        SnapshotRuns runs = new SnapshotRuns();
        runs.add(place);
        return runs;
    }

    /** @param place not before those that are there */
    void add(int place) {
        if (used > 0 && place <= bounds[used - 1]) {
            bounds[used - 1] = Math.max(bounds[used - 1], place + 1);
            return;
        }
        if (used == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * used);
        }
        bounds[used++] = place;
        bounds[used++] = place + 1;
    }

    IntStream places() {
        return IntStream.range(0, used / 2).flatMap(run -> IntStream.range(bounds[2 * run], bounds[2 * run + 1]));
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Those that are in both. */
    SnapshotRuns and(SnapshotRuns other) {
        SnapshotRuns both = new SnapshotRuns();
        int mine = 0;
        int others = 0;
        while (mine < used && others < other.used) {
            int from = Math.max(bounds[mine], other.bounds[others]);
            int to = Math.min(bounds[mine + 1], other.bounds[others + 1]);
            for (int place = from; place < to; place++) {
                both.add(place);
            }
            if (bounds[mine + 1] < other.bounds[others + 1]) {
                mine += 2;
            } else {
                others += 2;
            }
        }
        return both;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotRuns runs && Arrays.equals(bounds, 0, used, runs.bounds, 0, runs.used);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Arrays.copyOf(bounds, used));
    }
}

package dev.firn.flink.replay;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.QuarantineSelection.Positions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Where the records stand that are to be put back, in the order in which they are: split by split, by position. The quarantine lies as its
 * files do, and those may be compacted, so it is read twice: the places alone, eight bytes each, and then stretch by stretch.
 */
final class WaitingPlaces {

    private static final int FEW = 64;

    private final NavigableMap<Split, long[]> positions;

    /** @param positions sorted, and none empty */
    WaitingPlaces(NavigableMap<Split, long[]> positions) {
        this.positions = positions;
    }

    /** Where a record stands. */
    record Place(Split split, long position) implements Comparable<Place> {

        static Place of(RawRecord record) {
            return new Place(record.split(), record.position());
        }

        @Override
        public int compareTo(Place other) {
            int bySplit = split.compareTo(other.split);
            return bySplit != 0 ? bySplit : Long.compare(position, other.position);
        }
    }

    /**
     * Places that follow each other.
     *
     * @param first and
     * @param last belong to it
     * @param within all positions of it, in whatever split
     */
    record Stretch(Place first, Place last, Positions within) {

        boolean contains(Place place) {
            return first.compareTo(place) <= 0 && place.compareTo(last) <= 0;
        }
    }

    private static final class Growing {
        private long[] positions = new long[FEW];
        private int size;

        private void add(long position) {
            if (size == positions.length) {
                positions = Arrays.copyOf(positions, size + (size >> 1));
            }
            positions[size++] = position;
        }

        private long[] sorted() {
            long[] sorted = Arrays.copyOf(positions, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }

    /** @param meant which of the selection */
    static WaitingPlaces of(Lake lake, QuarantineSelection selection, Predicate<RawRecord> meant) {
        Map<Split, Growing> found = new HashMap<>();
        lake.quarantined(selection.with(Payload.LEFT), row -> {
            RawRecord record = row.record();
            if (row.replayed().isEmpty() && meant.test(record)) {
                found.computeIfAbsent(record.split(), first -> new Growing()).add(record.position());
            }
            return true;
        });
        NavigableMap<Split, long[]> positions = new TreeMap<>();
        found.forEach((split, some) -> positions.put(split, some.sorted()));
        return new WaitingPlaces(positions);
    }

    Optional<Place> first() {
        return Optional.ofNullable(positions.firstEntry()).map(first -> new Place(first.getKey(), first.getValue()[0]));
    }

    /** The next place behind one. */
    Optional<Place> behind(Place place) {
        return place.position() == Long.MAX_VALUE
                ? Optional.ofNullable(positions.higherEntry(place.split()))
                        .map(next -> new Place(next.getKey(), next.getValue()[0]))
                : from(new Place(place.split(), place.position() + 1));
    }

    /** The first place from one on; where somebody goes on with what has come since, that one need not be among the places. */
    Optional<Place> from(Place place) {
        long[] own = positions.getOrDefault(place.split(), new long[0]);
        int at = firstFrom(own, place.position());
        return at < own.length
                ? Optional.of(new Place(place.split(), own[at]))
                : Optional.ofNullable(positions.higherEntry(place.split()))
                        .map(next -> new Place(next.getKey(), next.getValue()[0]));
    }

    /**
     * From one of the places on so many records, and all others at the place of the last.
     *
     * @param records at least 1
     */
    Stretch stretch(Place first, int records) {
        long left = records;
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        Place last = first;
        for (Map.Entry<Split, long[]> entry :
                positions.tailMap(first.split(), true).entrySet()) {
            long[] own = entry.getValue();
            int from = entry.getKey().equals(first.split()) ? firstFrom(own, first.position()) : 0;
            int to = (int) Math.min(own.length, from + left);
            last = new Place(entry.getKey(), own[to - 1]);
            lowest = Math.min(lowest, own[from]);
            highest = Math.max(highest, own[to - 1]);
            left -= to - from;
            if (left == 0) {
                break;
            }
        }
        return new Stretch(first, last, new Positions(lowest, highest));
    }

    private static int firstFrom(long[] sorted, long position) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

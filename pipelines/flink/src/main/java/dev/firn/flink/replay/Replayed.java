package dev.firn.flink.replay;

import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of quarantined records.
 *
 * @param counts by why and from where they were in quarantine
 * @param examples of what is refused, the first few
 * @param epochs that it took
 */
public record Replayed(SortedMap<Line, Count> counts, List<QuarantinedRecord> examples, long epochs) {

    private static final int EXAMPLES = 5;

    public Replayed {
        counts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        examples = List.copyOf(examples);
    }

    /**
     * Records that are told of together.
     *
     * @param table where they should have gone; empty where no table was found
     */
    public record Line(String table, String code) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int byTable = table.compareTo(other.table);
            return byTable != 0 ? byTable : code.compareTo(other.code);
        }
    }

    /** How many of them are in their tables now, and how many are in quarantine as before. */
    public record Count(long putBack, long refused) {
        private Count plus(Count more) {
            return new Count(putBack + more.putBack, refused + more.refused);
        }
    }

    public long putBack() {
        return counts.values().stream().mapToLong(Count::putBack).sum();
    }

    public long refused() {
        return counts.values().stream().mapToLong(Count::refused).sum();
    }

    /** Both together, where what was refused before was looked at again. */
    public Replayed after(Replayed earlier) {
        SortedMap<Line, Count> sum = new TreeMap<>(counts);
        earlier.counts.forEach((line, count) -> sum.merge(line, new Count(count.putBack(), 0), Count::plus));
        return new Replayed(sum, examples, earlier.epochs + epochs);
    }

    /** Adds up while records are put back. */
    static final class Tally {

        private final SortedMap<Line, Count> counts = new TreeMap<>();
        private final List<QuarantinedRecord> examples = new ArrayList<>();
        private long epochs;

        void putBack(QuarantinedRow row) {
            add(row, new Count(1, 0));
        }

        void refused(QuarantinedRow row, QuarantinedRecord why) {
            add(row, new Count(0, 1));
            if (examples.size() < EXAMPLES
                    && examples.stream().noneMatch(known -> known.message().equals(why.message()))) {
                examples.add(why);
            }
        }

        private void add(QuarantinedRow row, Count count) {
            counts.merge(new Line(row.table().orElse(""), row.code()), count, Count::plus);
        }

        void epoch() {
            epochs++;
        }

        Replayed sum() {
            return new Replayed(counts, examples, epochs);
        }
    }
}

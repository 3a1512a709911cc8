package dev.firn.cli.run;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Where every record went, by stream, added up over epochs of the ledger. */
public final class Account {

    /** The sums of one stream. */
    public static final class Line {
        private long read;
        private long written;
        private long copied;
        private long nonData;
        private long lost;
        private long filtered;
        private long superseded;
        private long deleted;
        private long deduplicated;
        private final Map<String, Long> dropped = new TreeMap<>();
        private final Map<String, Long> quarantined = new TreeMap<>();

        public long read() {
            return read;
        }

        public long written() {
            return written;
        }

        /** How many rows and quarantined records are there besides the one that was read: fan-out makes them. */
        public long copied() {
            return copied;
        }

        public long nonData() {
            return nonData;
        }

        /** What does not meet the table's {@code where}. */
        public long filtered() {
            return filtered;
        }

        /** What has no row because a later record of its key came before it was written. */
        public long superseded() {
            return superseded;
        }

        /** What has no value and deletes a row. */
        public long deleted() {
            return deleted;
        }

        /** What has no row because its table has it already. */
        public long deduplicated() {
            return deduplicated;
        }

        /** What rules of the file leave out. */
        public long dropped() {
            return dropped.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Positions that the source had deleted before they were read; no part of {@link #read}. */
        public long lost() {
            return lost;
        }

        public long quarantined() {
            return quarantined.values().stream().mapToLong(Long::longValue).sum();
        }

        /** By reject code, sorted. */
        public Map<String, Long> reasons() {
            return Map.copyOf(quarantined);
        }

        /** What was read and is nowhere. */
        public long missing() {
            return read
                    + copied
                    - written
                    - superseded
                    - deleted
                    - deduplicated
                    - nonData
                    - filtered
                    - dropped()
                    - quarantined();
        }
    }

    private final Map<String, Line> streams = new TreeMap<>();
    private long lastEpoch;
    private int epochs;

    /** @param after the number of the last epoch that does not count */
    public Account(long after) {
        this.lastEpoch = after;
    }

    /** Adds epochs in their order. */
    public void add(List<Epoch> more) {
        for (Epoch epoch : more) {
            lastEpoch = Math.max(lastEpoch, epoch.number());
            epochs++;
            for (SplitProgress progress : epoch.progress()) {
                line(progress.split().stream()).read += progress.read();
            }
            for (OutcomeCount count : epoch.outcomes()) {
                add(line(count.split().stream()), count);
            }
        }
    }

    private static void add(Line line, OutcomeCount count) {
        Outcome outcome = count.outcome();
        switch (outcome) {
            case ROUTED -> line.written += count.records();
            case COPIED -> line.copied += count.records();
            case NON_DATA -> line.nonData += count.records();
            case LOST -> line.lost += count.records();
            case FILTERED -> line.filtered += count.records();
            case SUPERSEDED -> line.superseded += count.records();
            case DELETED -> line.deleted += count.records();
            case DEDUPLICATED -> line.deduplicated += count.records();
            case DROPPED -> line.dropped.merge(count.reason(), count.records(), Long::sum);
                // Nobody's record.
            case EVENT_TIME -> {}
            case QUARANTINED -> line.quarantined.merge(count.reason(), count.records(), Long::sum);
        }
    }

    private Line line(String stream) {
        return streams.computeIfAbsent(stream, name -> new Line());
    }

    public long lastEpoch() {
        return lastEpoch;
    }

    /** How many epochs were added. */
    public int epochs() {
        return epochs;
    }

    /** The streams with their sums, sorted by name. */
    public Map<String, Line> streams() {
        return streams;
    }

    public long total(ToLongFunction<Line> what) {
        return streams.values().stream().mapToLong(what).sum();
    }

    public boolean balances() {
        return streams.values().stream().allMatch(line -> line.missing() == 0);
    }
}

package dev.firn.flink.write;

import dev.firn.flink.count.OutcomeTally;
import dev.firn.flink.wire.SavedTime;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.rule.EventClock;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The newest event times of the rows that a subtask has made, by table and split. They only grow, so of two that are known of a split
 * the greater one is that of the later position; but where a start has begun anew, for it did not believe what the ledger had.
 */
public final class NewestTimes {

    /** Ahead of its record's own time: a clock that is off by more says nothing, while times without an offset may be ahead of UTC. */
    private static final long MOST_AHEAD_MILLIS = TimeUnit.DAYS.toMillis(1);

    private static final long MICROS_PER_MILLI = 1_000;

    private record Of(TableName table, String column) {}

    private final Map<Of, Map<Split, Time>> times = new HashMap<>();
    private final Map<Of, Clock> clocks = new HashMap<>();

    /** One split's. */
    private static final class Time {
        private long newest = EventClock.NONE;
        /** What the ledger has been told, or has said. */
        private long told = EventClock.NONE;
        /** What was found at the start. */
        private long found = EventClock.NONE;
        /** What the ledger had at the start and nobody believes. */
        private long insteadOf = EventClock.NONE;

        private void goOnFrom(long micros) {
            if (micros > newest) {
                newest = micros;
                told = micros;
                found = micros;
            }
        }
    }

    /** A table's, with the split that the last row was of. */
    private static final class Clock implements EventClock {
        private final Map<Split, Time> splits;
        private @Nullable Split last;
        private @Nullable Time time;

        private Clock(Map<Split, Time> splits) {
            this.splits = splits;
        }

        @Override
        public long next(RawRecord record, long micros) {
            Time now = time(record.split());
            long before = now.newest;
            if (micros > before && isCredible(record, micros)) {
                now.newest = micros;
            }
            return before;
        }

        private static boolean isCredible(RawRecord record, long micros) {
            return Math.floorDiv(micros, MICROS_PER_MILLI) - MOST_AHEAD_MILLIS <= record.timestamp();
        }

        private Time time(Split split) {
            Time known = time;
            if (known == null || !split.equals(last)) {
                known = splits.computeIfAbsent(split, first -> new Time());
                time = known;
                last = split;
            }
            return known;
        }
    }

    /** Takes over what the ledger has. */
    public void begin(StartTimes start) {
        start.known().forEach(one -> time(one).goOnFrom(one.micros()));
        for (NewestTime one : start.unbelieved()) {
            Time time = time(one);
            time.told = one.micros();
            time.insteadOf = one.micros();
        }
    }

    /** Takes over what a state has, of one split from several subtasks; begins before. */
    public void goOn(SavedTime saved) {
        Time time = time(saved.time());
        if (time.insteadOf == EventClock.NONE || time.insteadOf == saved.insteadOf()) {
            time.goOnFrom(saved.time().micros());
        } else {
            // Of before its split began anew. The ledger may be behind it.
            time.told = Math.max(time.told, saved.time().micros());
        }
    }

    private Time time(NewestTime of) {
        return splits(new Of(of.table(), of.column())).computeIfAbsent(of.split(), first -> new Time());
    }

    private Map<Split, Time> splits(Of table) {
        return times.computeIfAbsent(table, first -> new HashMap<>());
    }

    /** The same one each time. */
    public EventClock of(TableName table, RowEventTime said) {
        return clocks.computeIfAbsent(new Of(table, said.column()), of -> new Clock(splits(of)));
    }

    /** Tells how far they have moved since the last time. */
    void tell(OutcomeTally tally) {
        times.forEach((of, splits) -> splits.forEach((split, time) -> {
            if (time.newest != EventClock.NONE && time.newest != time.told) {
                long before = time.told == EventClock.NONE ? 0 : time.told;
                tally.add(split, Outcome.EVENT_TIME, of.table().full(), of.column(), time.newest - before);
                time.told = time.newest;
            }
        }));
    }

    /** @param alsoFound besides those that have moved here; one of a job's subtasks keeps them for all */
    List<SavedTime> now(boolean alsoFound) {
        List<SavedTime> now = new ArrayList<>();
        times.forEach((of, splits) -> splits.forEach((split, time) -> {
            boolean known = time.newest != EventClock.NONE;
            if (known && (alsoFound || time.newest != time.found)) {
                now.add(new SavedTime(new NewestTime(split, of.table(), of.column(), time.newest), time.insteadOf));
            }
        }));
        return now;
    }
}

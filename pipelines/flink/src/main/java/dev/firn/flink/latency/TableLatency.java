package dev.firn.flink.latency;

import dev.firn.spi.ledger.RecordAges;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table's rows: those that wait for their commit, and those of the last minute. */
final class TableLatency {

    /** Commits so close to each other leave the minute together. */
    private static final Duration STRETCH = Duration.ofSeconds(10);

    /** A table that is held for hours would fill the memory otherwise: beyond this, neighbours are told of together. */
    private static final int MOST_WAITING = 16;

    private final List<Staged> waiting = new ArrayList<>();
    private final Deque<Stretch> visible = new ArrayDeque<>();
    private @Nullable VisibleAfter told;

    /** Rows of epochs that wait, up to one, with ages that are told from one moment. */
    private static final class Staged {
        private int epochs = 1;
        private long through;
        private long reference;
        private Millis ages = new Millis();

        /** To the later of the two references: from there no age is longer than what will be told of it. */
        private void add(long epoch, long from, Millis more) {
            through = epoch;
            if (from > reference) {
                Millis before = ages;
                ages = new Millis();
                long later = from - reference;
                before.forEach((age, count) -> ages.add(age + later, count));
                reference = from;
            }
            long earlier = reference - from;
            more.forEach((age, count) -> ages.add(age + earlier, count));
        }
    }

    private record Stretch(long since, Millis latencies) {}

    void staged(long epoch, RecordAges rows) {
        Millis ages = new Millis();
        for (int index = 0; index < rows.ages().length; index++) {
            ages.add(rows.ages()[index], rows.counts()[index]);
        }
        if (waiting.isEmpty() || waiting.get(waiting.size() - 1).through != epoch) {
            waiting.add(new Staged());
        }
        waiting.get(waiting.size() - 1).add(epoch, rows.reference(), ages);
        if (waiting.size() > MOST_WAITING) {
            joinTwo();
        }
    }

    /** The two neighbours of the fewest epochs, so that none is moved often: each move costs precision. */
    private void joinTwo() {
        int first = 0;
        for (int index = 1; index < waiting.size() - 1; index++) {
            if (epochs(index) < epochs(first)) {
                first = index;
            }
        }
        Staged later = waiting.remove(first + 1);
        Staged joined = waiting.get(first);
        joined.epochs += later.epochs;
        joined.add(later.through, later.reference, later.ages);
    }

    private int epochs(int first) {
        return waiting.get(first).epochs + waiting.get(first + 1).epochs;
    }

    void landed(long through, long millis, long nanos) {
        while (!waiting.isEmpty() && waiting.get(0).through <= through) {
            Staged landed = waiting.remove(0);
            long since = millis - landed.reference;
            Millis latencies = stretch(nanos).latencies();
            // A record may come from a clock that is ahead; it takes no negative time.
            landed.ages.forEach((age, count) -> latencies.add(Math.max(0, since + age), count));
            told = null;
        }
    }

    private Stretch stretch(long nanos) {
        Stretch last = visible.peekLast();
        if (last == null || nanos - last.since() >= STRETCH.toNanos()) {
            last = new Stretch(nanos, new Millis());
            visible.add(last);
        }
        forget(nanos);
        return last;
    }

    private void forget(long nanos) {
        while (visible.size() > 1 && nanos - visible.getFirst().since() >= EventToVisible.WINDOW.toNanos()) {
            visible.removeFirst();
            told = null;
        }
    }

    VisibleAfter told(long nanos) {
        forget(nanos);
        VisibleAfter known = told;
        if (known == null) {
            Millis all = new Millis();
            visible.forEach(stretch -> stretch.latencies().forEach(all::add));
            known = VisibleAfter.of(all);
            told = known;
        }
        return known;
    }
}

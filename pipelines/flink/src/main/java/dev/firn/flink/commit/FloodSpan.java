package dev.firn.flink.commit;

import dev.firn.definition.HaltOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the last while of {@code halt-above} has, to a 600th of it, and whether that is a flood.
 *
 * <pre>
 *   sums of the span     above the share, with so many in quarantine -+
 *   the newest epoch     above the share                              +-> a flood
 *   the newest records   above the share, and enough of them         -+
 * </pre>
 *
 * Good epochs leave a span before bad ones that came later, so a span gets above the share by time alone; what is mended must not end because of that.
 */
final class FloodSpan {

    /** So many are none too few to speak of a share: in quarantine of the span, and in all of the newest. */
    static final long LEAST = 100;

    private static final int SLOTS = 600;

    private final HaltOptions limit;
    private final long overMillis;
    private final long slotMillis;
    private final TreeMap<Long, QuarantineShare> slots = new TreeMap<>();

    /** The newest epochs, the newest last, as few as have {@link #LEAST} records; none that was above the share by itself and had so many. */
    private final Deque<Timed> newest = new ArrayDeque<>();

    private long records;
    private long quarantined;

    private record Timed(long at, QuarantineShare share) {}

    FloodSpan(HaltOptions limit) {
        this.limit = limit;
        this.overMillis = limit.over().toMillis();
        this.slotMillis = Math.max(1, overMillis / SLOTS);
    }

    /**
     * Adds an epoch and leaves out what is older than the span then.
     *
     * @param at when it was closed, in milliseconds since 1970
     * @return whether it is a flood
     */
    boolean isFloodWith(QuarantineShare epoch, long at) {
        takeBackTo(at);
        drop(slots.headMap(slot(at - overMillis), true));
        add(slot(at), epoch);
        boolean isAboveOfLate = isNewestAbove(epoch, at);
        return isAboveOfLate && quarantined >= LEAST && isAbove(new QuarantineShare(records, quarantined, Map.of()));
    }

    /** Whether the newest epoch is above the share, and so are the newest records, which may be more than it has. */
    private boolean isNewestAbove(QuarantineShare epoch, long at) {
        if (epoch.records() >= LEAST && isAbove(epoch)) {
            // Those behind it are judged without it: what is mended after it must not end for what it was.
            newest.clear();
            return true;
        }
        if (epoch.records() > 0) {
            newest.addLast(new Timed(at, epoch));
        }
        newest.removeIf(old -> old.at() <= at - overMillis);
        QuarantineShare sum = sumOfNewest();
        while (!newest.isEmpty() && sum.records() - newest.getFirst().share().records() >= LEAST) {
            newest.removeFirst();
            sum = sumOfNewest();
        }
        return isAbove(epoch) && sum.records() >= LEAST && isAbove(sum);
    }

    private QuarantineShare sumOfNewest() {
        return QuarantineShare.sum(newest.stream().map(Timed::share).toList());
    }

    private boolean isAbove(QuarantineShare share) {
        return share.isAbove(limit.share());
    }

    void forget() {
        slots.clear();
        newest.clear();
        records = 0;
        quarantined = 0;
    }

    /** All of it, with the reasons. */
    QuarantineShare sum() {
        return QuarantineShare.sum(slots.values());
    }

    /** What came in a time that a clock has taken back counts as of now; else it would for as long as that time is not over again. */
    private void takeBackTo(long at) {
        NavigableMap<Long, QuarantineShare> future = slots.tailMap(slot(at), false);
        if (!future.isEmpty()) {
            QuarantineShare sum = QuarantineShare.sum(future.values());
            drop(future);
            add(slot(at), sum);
        }
        List<Timed> redated = newest.stream()
                .map(epoch -> new Timed(Math.min(at, epoch.at()), epoch.share()))
                .toList();
        newest.clear();
        newest.addAll(redated);
    }

    private void add(long slot, QuarantineShare share) {
        slots.merge(slot, share, QuarantineShare::plus);
        records += share.records();
        quarantined += share.quarantined();
    }

    private void drop(NavigableMap<Long, QuarantineShare> some) {
        for (QuarantineShare share : some.values()) {
            records -= share.records();
            quarantined -= share.quarantined();
        }
        some.clear();
    }

    private long slot(long millis) {
        return Math.floorDiv(millis, slotMillis);
    }
}

package dev.firn.schema.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids that the registry did not know a short time ago, so that a flood of them is not a flood of requests. Only for a
 * short time: an id that is unknown now may be registered, or reach this replica, a moment later.
 */
final class UnknownIds {

    static final Duration REMEMBERED_FOR = Duration.ofSeconds(30);

    private static final int MOST = 10_000;

    private final Map<Integer, Long> sinceNanos = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > MOST;
        }
    };

    private final Time time;

    UnknownIds(Time time) {
        this.time = time;
    }

    void remember(int id) {
        sinceNanos.put(id, time.nanoTime());
    }

    boolean contains(int id) {
        Long since = sinceNanos.get(id);
        if (since == null) {
            return false;
        }
        if (time.nanoTime() - since < REMEMBERED_FOR.toNanos()) {
            return true;
        }
        sinceNanos.remove(id);
        return false;
    }
}

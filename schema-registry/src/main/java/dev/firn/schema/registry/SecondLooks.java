package dev.firn.schema.registry;

import java.time.Duration;

/**
 * Which ids that a registry denies are asked for once more: a follower may be a moment behind its leader. Bounded, so that a
 * topic whose frames are noise does not wait at each record. Not thread-safe.
 */
final class SecondLooks {

    private static final int MOST_IN_VAIN = 10;

    private static final Duration IN = Duration.ofMinutes(1);

    private final Time time;
    private long sinceNanos;
    private int inVain;

    SecondLooks(Time time) {
        this.time = time;
    }

    /** Whether another one is worth its wait. */
    boolean areWorthIt() {
        return inVain < MOST_IN_VAIN || time.nanoTime() - sinceNanos >= IN.toNanos();
    }

    /** One has shown what the first had shown. */
    void wasInVain() {
        long now = time.nanoTime();
        if (inVain == 0 || now - sinceNanos >= IN.toNanos()) {
            sinceNanos = now;
            inVain = 0;
        }
        inVain++;
    }
}

package dev.firn.schema.testing;

import dev.firn.schema.registry.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where somebody waits. */
public final class FakeTime implements Time {

    private final List<Duration> pauses = new ArrayList<>();
    private volatile long nanos;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void pause(Duration duration) {
        pauses.add(duration);
        pass(duration);
    }

    public synchronized void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}

package dev.firn.cli.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** Rows a second over the last ten seconds, and how long ago the last epoch came. */
final class Meter {

    private static final long WINDOW_NANOS = 10_000_000_000L;

    private record Sample(long nanos, long rows) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private long lastEpoch = -1;

    void epochSeen() {
        lastEpoch = System.nanoTime();
    }

    Observer.Progress progress(long rows, long lag) {
        long now = System.nanoTime();
        samples.add(new Sample(now, rows));
        while (samples.size() > 2 && now - samples.element().nanos() > WINDOW_NANOS) {
            samples.remove();
        }
        Sample first = samples.element();
        long nanos = Math.max(1, now - first.nanos());
        long perSecond = Math.round((rows - first.rows()) * 1e9 / nanos);
        long since = lastEpoch < 0 ? -1 : (now - lastEpoch) / 1_000_000_000L;
        return new Observer.Progress(rows, perSecond, lag, since);
    }
}

package dev.firn.benchmarks.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A thread that was at work when the recorder looked.
 *
 * @param stands for this much time: how long the recorder waits between two looks of the kind
 * @param frames as {@code package.Class.method}, the innermost first; never empty
 */
record Sample(Instant at, Duration stands, String thread, List<String> frames) {

    Sample {
        frames = List.copyOf(frames);
    }

    String top() {
        return frames.get(0);
    }
}

package dev.firn.definition.bind;

import java.time.Duration;

/** Spans of time as a file can have them. */
public final class Spans {

    private Spans() {}

    /** The shortest spelling: {@code 90s}, {@code 10m}, {@code 2d}; what is below a millisecond is left out. */
    public static String text(Duration span) {
        long millis = span.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }
}

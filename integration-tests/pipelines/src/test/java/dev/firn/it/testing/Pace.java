package dev.firn.it.testing;

import java.time.Duration;
import java.util.Locale;

/**
 * How fast rows came out of a {@code firn} process, from the first that were seen to the last.
 *
 * @param rows what came after the first that were seen
 * @param longestPause the longest time without one more, in seconds
 */
public record Pace(long rows, double seconds, double processorSeconds, double longestPause) {

    public double rowsPerSecond() {
        return rows / seconds;
    }

    /** As if the longest pause had not been. */
    public double rowsPerSecondBesides() {
        return rows / (seconds - longestPause);
    }

    public double rowsPerProcessorSecond() {
        return rows / processorSeconds;
    }

    /** For a table of figures. */
    public String line(String name, int round) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %,.0f | %,.0f | %.1f |",
                name,
                round,
                seconds,
                processorSeconds,
                rowsPerSecond(),
                rowsPerProcessorSecond(),
                longestPause);
    }

    /** Is told again and again how many rows there are by now. */
    public static final class Watch {

        private final Process process;
        private long first;
        private long last;
        private long beganAt;
        private long moreAt;
        private long longestPause;
        private Duration processorBefore = Duration.ZERO;
        private Duration processor = Duration.ZERO;

        public Watch(Process process) {
            this.process = process;
        }

        /** Answers what it is told. */
        public long seen(long rows) {
            long now = System.nanoTime();
            processor = process.info().totalCpuDuration().orElseThrow();
            if (rows > 0 && first == 0) {
                first = rows;
                beganAt = now;
                moreAt = now;
                processorBefore = processor;
            }
            if (rows > last) {
                longestPause = Math.max(longestPause, now - moreAt);
                moreAt = now;
                last = rows;
            }
            return rows;
        }

        public Pace pace() {
            return new Pace(
                    last - first,
                    (moreAt - beganAt) / 1e9,
                    processor.minus(processorBefore).toMillis() / 1e3,
                    longestPause / 1e9);
        }
    }
}

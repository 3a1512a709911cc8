package dev.firn.flink.latency;

/**
 * How long rows took from their record's timestamp to the commit that made them visible, in milliseconds; negative where
 * nothing was measured.
 *
 * @param rows of how many this is told
 */
public record VisibleAfter(long p50, long p90, long p99, long max, long rows) {

    public static final VisibleAfter UNKNOWN = new VisibleAfter(-1, -1, -1, -1, 0);

    static VisibleAfter of(Millis latencies) {
        long[] rows = {0};
        latencies.forEach((value, count) -> rows[0] += count);
        if (rows[0] == 0) {
            return UNKNOWN;
        }
        long[] wanted = {rank(rows[0], 50), rank(rows[0], 90), rank(rows[0], 99), rows[0]};
        long[] found = new long[wanted.length];
        long[] seen = {0};
        latencies.forEach((value, count) -> {
            for (int index = 0; index < wanted.length; index++) {
                if (seen[0] < wanted[index] && wanted[index] <= seen[0] + count) {
                    found[index] = value;
                }
            }
            seen[0] += count;
        });
        return new VisibleAfter(found[0], found[1], found[2], found[3], rows[0]);
    }

    /** The place of a percentile among the sorted rows, 1-based: the first that so many per cent are not above. */
    private static long rank(long rows, int percent) {
        return rows / 100 * percent + (rows % 100 * percent + 99) / 100;
    }
}

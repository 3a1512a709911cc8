package dev.firn.flink.latency;

/**
 * Counts signed milliseconds in buckets whose width grows with the value: what comes out is right within {@link #ERROR} of
 * itself, and exact up to 127 ms. Room is taken for the magnitudes that occur.
 */
final class Millis {

    /** What a value may be off by, as a part of itself: half a bucket of 64 to each power of two. */
    static final double ERROR = 1.0 / 128;

    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private static final int MAGNITUDES = Long.SIZE - SUB_BITS;

    private final long[][] positive = new long[MAGNITUDES][];
    private final long[][] negative = new long[MAGNITUDES][];

    /** @param value no {@link Long#MIN_VALUE} */
    void add(long value) {
        add(value, 1);
    }

    void add(long value, long count) {
        if (value >= 0) {
            add(positive, bucket(value), count);
        } else {
            add(negative, bucket(-value), count);
        }
    }

    private static void add(long[][] side, int bucket, long count) {
        long[] counts = side[bucket >> SUB_BITS];
        if (counts == null) {
            counts = new long[SUB];
            side[bucket >> SUB_BITS] = counts;
        }
        counts[bucket & (SUB - 1)] += count;
    }

    /** Up to 127 each value has a bucket; above, the first seven bits name it. */
    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(value));
        return (shift << SUB_BITS) + (int) (value >> shift);
    }

    /** The middle of a bucket, which is in it. */
    private static long middle(int magnitude, int sub) {
        if (magnitude < 2) {
            return (long) magnitude * SUB + sub;
        }
        int shift = magnitude - 1;
        return ((long) (SUB + sub) << shift) + (1L << shift) / 2;
    }

    /** Takes a value that stands for so many. */
    interface Each {
        void take(long value, long count);
    }

    /** From the lowest to the highest. */
    void forEach(Each each) {
        for (int magnitude = MAGNITUDES - 1; magnitude >= 0; magnitude--) {
            long[] counts = negative[magnitude];
            for (int sub = SUB - 1; counts != null && sub >= 0; sub--) {
                if (counts[sub] > 0) {
                    each.take(-middle(magnitude, sub), counts[sub]);
                }
            }
        }
        for (int magnitude = 0; magnitude < MAGNITUDES; magnitude++) {
            long[] counts = positive[magnitude];
            for (int sub = 0; counts != null && sub < SUB; sub++) {
                if (counts[sub] > 0) {
                    each.take(middle(magnitude, sub), counts[sub]);
                }
            }
        }
    }
}

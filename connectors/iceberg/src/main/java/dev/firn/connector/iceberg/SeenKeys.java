package dev.firn.connector.iceberg;

import java.util.Arrays;

/**
 * Keys of rows and their times, in memory: an open hash table of three longs an entry, sixteen bytes of the key and the time. Where it is
 * full the oldest are forgotten, and it knows since when it knows all.
 *
 * <p>Time is cut into stretches as long as the span, and an entry has its place by its key and its stretch. Rows that could be the same as
 * one are in its own stretch or in those beside it, and no stretch has more than two entries of a key, so that an answer costs the same
 * however many rows a key has.
 */
final class SeenKeys {

    /** Longs an entry. */
    private static final int WIDTH = 3;

    /** Of ten entries that there is room for, how many there are at most. */
    private static final int TENTHS_FILLED = 7;

    private static final int FIRST_ENTRIES = 256;

    /** A hundredth of all rows may have a time that is far ahead of the others', and says nothing of them. */
    private static final double BULK = 0.99;

    /** Less than this part is not worth to be forgotten: it would soon be full again. */
    private static final int LEAST_FORGOTTEN = 16;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int NOWHERE = -1;

    private final long within;
    private final int mostEntries;
    private final SeenMemory shared;
    private long[] entries;
    private int size;
    private long knownFrom = Long.MIN_VALUE;

    /** Nothing that could be forgotten is older than the span in which it is asked for. */
    static final class Full extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param within microseconds by which the times of two rows differ at least that are not the same
     * @param memory bytes
     * @param shared what it takes them of
     */
    SeenKeys(long within, long memory, SeenMemory shared) {
        this.within = within;
        this.mostEntries = Math.toIntExact(Math.min(memory / (WIDTH * Long.BYTES), Integer.MAX_VALUE / WIDTH - 1));
        this.shared = shared;
        this.entries = new long[Math.min(FIRST_ENTRIES, mostEntries) * WIDTH];
        shared.add(this);
    }

    /** How many keys there is room for, if others leave it to them. */
    int room() {
        return filled(mostEntries);
    }

    /** How many there is room for now. */
    int roomNow() {
        return filled(entries.length / WIDTH);
    }

    private static int filled(int entries) {
        return (int) ((long) entries * TENTHS_FILLED / 10);
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) entries.length * Long.BYTES;
    }

    /** The time, in microseconds, from which on all rows are known. */
    long knownFrom() {
        return knownFrom;
    }

    /** Says that rows before this time are not told. */
    void startFrom(long micros) {
        knownFrom = Math.max(knownFrom, micros);
    }

    /** Whether there is a row of the key whose time is nearer than the span. */
    boolean has(KeyDigest.Of key, long micros) {
        long stretch = stretch(micros);
        return has(key, stretch, micros) || has(key, stretch - 1, micros) || has(key, stretch + 1, micros);
    }

    private boolean has(KeyDigest.Of key, long stretch, long micros) {
        for (int at = place(first(key), stretch); isUsed(at); at = next(at)) {
            if (isOf(at, key) && isNear(entries[at + 2], micros)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOf(int at, KeyDigest.Of key) {
        return entries[at] == first(key) && entries[at + 1] == key.second();
    }

    private boolean isNear(long one, long other) {
        long apart = one - other;
        boolean overflows = ((one ^ other) & (one ^ apart)) < 0;
        return !overflows && -within < apart && apart < within;
    }

    /** Whether all rows are known that could be the same as one of this time. */
    boolean tells(long micros) {
        return knownFrom == Long.MIN_VALUE || (micros >= knownFrom && !isNear(knownFrom - 1, micros));
    }

    /** @throws Full if that takes more memory than there is */
    void add(KeyDigest.Of key, long micros) throws Full {
        if (micros < knownFrom || stands(key, micros)) {
            return;
        }
        if (size >= roomNow()) {
            makeRoom();
        }
        put(first(key), key.second(), micros);
    }

    /**
     * Whether entries of the key stand for a row as well. A table that was written before may have many rows of a key in one stretch, all
     * of them nearer to each other than the span: the first and the last of them are near to all that one between is near to.
     */
    private boolean stands(KeyDigest.Of key, long micros) {
        long stretch = stretch(micros);
        int first = NOWHERE;
        for (int at = place(first(key), stretch); isUsed(at); at = next(at)) {
            if (!isOf(at, key) || stretch(entries[at + 2]) != stretch) {
                continue;
            }
            if (entries[at + 2] == micros) {
                return true;
            }
            if (first != NOWHERE) {
                reach(first, at, micros);
                return true;
            }
            first = at;
        }
        return false;
    }

    private void reach(int one, int other, long micros) {
        int oldest = entries[one + 2] < entries[other + 2] ? one : other;
        int newest = oldest == one ? other : one;
        if (micros < entries[oldest + 2]) {
            entries[oldest + 2] = micros;
        } else if (micros > entries[newest + 2]) {
            entries[newest + 2] = micros;
        }
    }

    private void makeRoom() throws Full {
        int now = entries.length / WIDTH;
        int more = (int) Math.min(mostEntries, 2L * now);
        if (more > now && shared.mayGrow(this, (long) (more - now) * WIDTH * Long.BYTES)) {
            keep(Long.MIN_VALUE, more);
        } else {
            forget();
        }
    }

    private void forget() throws Full {
        long[] times = times();
        long from = Math.min(behind(times[size / 4]), needed(times));
        if (before(from, times) < Math.max(1, size / LEAST_FORGOTTEN)) {
            throw new Full();
        }
        keep(from, entries.length / WIDTH);
        startFrom(from);
    }

    /** Gives half of its memory up, with the oldest keys; answers false where it needs them. */
    boolean halve() {
        int half = entries.length / WIDTH / 2;
        // So that it does not grow again at once.
        int kept = filled(half) / 4 * 3;
        if (half < FIRST_ENTRIES) {
            return false;
        }
        if (size <= kept) {
            keep(Long.MIN_VALUE, half);
            return true;
        }
        long[] times = times();
        long from = behind(times[size - kept - 1]);
        if (from > needed(times) || before(from, times) < size - kept) {
            return false;
        }
        keep(from, half);
        startFrom(from);
        return true;
    }

    /** From when on rows must be known for all to be told whose times are those of most; anything where there is none. */
    long needed() {
        return size == 0 ? Long.MIN_VALUE : needed(times());
    }

    /** The first time that a row must be known of so that all can be told whose times are those of most. */
    private long needed(long[] times) {
        long bulk = times[(int) (times.length * BULK)];
        return bulk < Long.MIN_VALUE + within ? Long.MIN_VALUE : bulk - within + 1;
    }

    private static long behind(long micros) {
        return micros == Long.MAX_VALUE ? Long.MAX_VALUE : micros + 1;
    }

    /** Of all entries, sorted. */
    private long[] times() {
        long[] times = new long[size];
        int filled = 0;
        for (int at = 0; at < entries.length; at += WIDTH) {
            if (isUsed(at)) {
                times[filled++] = entries[at + 2];
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static int before(long from, long[] times) {
        int before = 0;
        while (before < times.length && times[before] < from) {
            before++;
        }
        return before;
    }

    private void keep(long from, int room) {
        long[] before = entries;
        entries = new long[room * WIDTH];
        size = 0;
        for (int at = 0; at < before.length; at += WIDTH) {
            if (before[at] != 0 && before[at + 2] >= from) {
                put(before[at], before[at + 1], before[at + 2]);
            }
        }
    }

    private void put(long first, long second, long micros) {
        int at = place(first, stretch(micros));
        while (isUsed(at)) {
            at = next(at);
        }
        entries[at] = first;
        entries[at + 1] = second;
        entries[at + 2] = micros;
        size++;
    }

    private long stretch(long micros) {
        return Math.floorDiv(micros, within);
    }

    /** Zero stands for no entry. */
    private static long first(KeyDigest.Of key) {
        return key.first() == 0 ? 1 : key.first();
    }

    private int place(long first, long stretch) {
        long mixed = (first ^ (stretch * SPREAD)) * SPREAD;
        return (int) (((mixed >>> 32) * (entries.length / WIDTH)) >>> 32) * WIDTH;
    }

    private int next(int at) {
        int next = at + WIDTH;
        return next == entries.length ? 0 : next;
    }

    private boolean isUsed(int at) {
        return entries[at] != 0;
    }
}

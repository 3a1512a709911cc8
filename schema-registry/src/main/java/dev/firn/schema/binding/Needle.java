package dev.firn.schema.binding;

import java.util.Arrays;

/** Bytes that are looked for in others; what can't be their place is passed in steps as long as they are (Horspool 1980). */
public final class Needle {

    private final byte[] bytes;

    /** By the byte that stands below the needle's last: how far it may go on. */
    private final int[] steps = new int[1 << Byte.SIZE];

    /** @param bytes at least one */
    public Needle(byte[] bytes) {
        this.bytes = bytes.clone();
        Arrays.fill(steps, bytes.length);
        for (int index = 0; index < bytes.length - 1; index++) {
            steps[bytes[index] & 0xff] = bytes.length - 1 - index;
        }
    }

    /** Whether they are in a part of others, from one place up to another. */
    public boolean isIn(byte[] others, int from, int to) {
        int last = bytes.length - 1;
        for (int at = from + last; at < to; at += steps[others[at] & 0xff]) {
            if (others[at] == bytes[last] && Arrays.equals(others, at - last, at + 1, bytes, 0, bytes.length)) {
                return true;
            }
        }
        return false;
    }
}

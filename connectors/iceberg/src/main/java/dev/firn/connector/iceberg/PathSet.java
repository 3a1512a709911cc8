package dev.firn.connector.iceberg;

import java.util.Arrays;

/** Finds paths that come twice, with eight bytes each: two of a million others are alike once in forty million times. */
final class PathSet {

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[64];
    private int size;

    void add(CharSequence path) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash(path);
    }

    /** How many paths came again. */
    long twice() {
        Arrays.sort(hashes, 0, size);
        long twice = 0;
        for (int i = 1; i < size; i++) {
            if (hashes[i] == hashes[i - 1]) {
                twice++;
            }
        }
        return twice;
    }

    /** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), over characters. */
    private static long hash(CharSequence path) {
        long hash = FNV_BASIS;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}

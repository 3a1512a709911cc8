package dev.firn.definition.bind;

import java.io.Serializable;

/** An amount of bytes, written with its unit: {@code 64KiB}, {@code 256MiB}, {@code 50GiB}. */
public record ByteSize(long bytes) implements Serializable, Comparable<ByteSize> {

    private static final long KIB = 1024;
    private static final long MIB = KIB * KIB;
    private static final long GIB = MIB * KIB;

    public static ByteSize ofKibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, KIB));
    }

    public static ByteSize ofMebibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, MIB));
    }

    public static ByteSize ofGibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, GIB));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the greatest unit that leaves a whole number. */
    @Override
    public String toString() {
        if (bytes == 0 || bytes % KIB != 0) {
            return bytes + " bytes";
        }
        return bytes % GIB == 0 ? bytes / GIB + "GiB" : bytes % MIB == 0 ? bytes / MIB + "MiB" : bytes / KIB + "KiB";
    }
}

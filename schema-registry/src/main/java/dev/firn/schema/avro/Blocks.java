package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.util.function.IntFunction;

/**
 * Walks the blocks of an array or a map. Every type that a table can hold takes at least one byte, and of those that take
 * none there may be some, so a count far beyond the bytes left is a lie, and no count makes work that the payload's size does
 * not bound.
 */
final class Blocks {

    private static final int MOST_EXPECTED = 64;

    /** Items that take no bytes in all of a message; a null is one, or a record without fields. */
    private static final int MOST_OF_NOTHING = 1_000;

    private Blocks() {}

    /** Reads one item or one entry into what is made of all of them. */
    @FunctionalInterface
    interface Item<T> {
        void read(Payload payload, T whole) throws Rejected;
    }

    /** @param wholes makes what the items go into, told how many there may be */
    static <T> T read(Payload payload, String path, IntFunction<T> wholes, Item<T> item) throws Rejected {
        long count = payload.readLong(path);
        T whole = wholes.apply(expected(count));
        for (; count != 0; count = payload.readLong(path)) {
            if (count > 0) {
                items(payload, count, path, item, whole);
            } else {
                sized(payload, count, path, item, whole);
            }
        }
        return whole;
    }

    /** Most have one block. Its count may be a lie, so it does not make room for many. */
    private static int expected(long count) {
        return count > -MOST_EXPECTED && count < MOST_EXPECTED ? (int) Math.abs(count) : MOST_EXPECTED;
    }

    /** A negative count is followed by the block's size in bytes, which has to be true. */
    private static <T> void sized(Payload payload, long count, String path, Item<T> item, T whole) throws Rejected {
        long size = payload.readLong(path);
        if (count == Long.MIN_VALUE || size < 0) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` has a block of `" + count + "` items in `" + size + "` bytes");
        }
        payload.need(size, path);
        int start = payload.position();
        items(payload, -count, path, item, whole);
        if (payload.position() - start != size) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` has a block of `" + size + "` bytes whose items take "
                            + (payload.position() - start));
        }
    }

    private static <T> void items(Payload payload, long count, String path, Item<T> item, T whole) throws Rejected {
        if (count - MOST_OF_NOTHING > payload.remaining()) {
            payload.need(count, path);
        }
        for (long i = 0; i < count; i++) {
            int start = payload.position();
            item.read(payload, whole);
            if (payload.position() == start) {
                payload.countNothing(path, MOST_OF_NOTHING);
            }
        }
    }
}

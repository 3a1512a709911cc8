package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;

/**
 * Walks the blocks of an array or a map. Every type that a table can hold takes at least one byte, so a count that
 * exceeds the bytes left is a lie, and no count makes work that the payload's size does not bound.
 */
final class Blocks {

    private Blocks() {}

    /** Reads one item or one entry. */
    @FunctionalInterface
    interface Item {
        void read(Payload payload) throws Rejected;
    }

    static void each(Payload payload, String path, Item item) throws Rejected {
        for (long count = payload.readLong(path); count != 0; count = payload.readLong(path)) {
            if (count > 0) {
                items(payload, count, path, item);
            } else {
                sized(payload, count, path, item);
            }
        }
    }

    /** A negative count is followed by the block's size in bytes, which has to be true. */
    private static void sized(Payload payload, long count, String path, Item item) throws Rejected {
        long size = payload.readLong(path);
        if (count == Long.MIN_VALUE || size < 0) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` has a block of `" + count + "` items in `" + size + "` bytes");
        }
        payload.need(size, path);
        int start = payload.position();
        items(payload, -count, path, item);
        if (payload.position() - start != size) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` has a block of `" + size + "` bytes whose items take "
                            + (payload.position() - start));
        }
    }

    private static void items(Payload payload, long count, String path, Item item) throws Rejected {
        payload.need(count, path);
        for (long i = 0; i < count; i++) {
            item.read(payload);
        }
    }
}

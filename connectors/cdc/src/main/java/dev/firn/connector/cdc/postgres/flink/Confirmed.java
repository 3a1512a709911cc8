package dev.firn.connector.cdc.postgres.flink;

import java.util.concurrent.atomic.AtomicLong;

/** How far the database may let its log go; told by the reader, passed on by its fetcher. */
final class Confirmed {

    private final AtomicLong position = new AtomicLong();

    void upTo(long boundary) {
        position.accumulateAndGet(boundary, Math::max);
    }

    /** 0 where nothing may be let go yet. */
    long position() {
        return position.get();
    }
}

package dev.firn.connector.iceberg;

import java.util.concurrent.atomic.AtomicInteger;

/** How many data files of one writer are open now, and have been at most. */
final class OpenFileCount {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    void opened() {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    void closed() {
        now.decrementAndGet();
    }

    int now() {
        return now.get();
    }

    int most() {
        return most.get();
    }
}

package dev.firn.catalogs;

import java.util.concurrent.Semaphore;

/** A place where a request waits until the test has done something. */
final class Pause {

    private final Semaphore waiting = new Semaphore(0);
    private final Semaphore released = new Semaphore(0);

    /** Waits to be released. */
    void here() {
        waiting.release();
        released.acquireUninterruptibly();
    }

    /** Returns when a request waits. */
    void awaitOne() {
        waiting.acquireUninterruptibly();
    }

    void release() {
        released.release();
    }
}

package dev.firn.schema.avro;

import java.lang.management.ManagementFactory;

/** What this thread has allocated so far, in bytes. */
public final class Allocation {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    public static long ofThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}

package dev.firn.connector.iceberg;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that look at tables; as many as there are looks that do not come back, which is one a table at most. */
final class LookThreads {

    private LookThreads() {}

    static ExecutorService start(int subtask) {
        AtomicInteger count = new AtomicInteger();
        // Catalogs load classes by the context loader, and that of whoever starts them is the right one.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "firn-look-" + subtask + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }
}

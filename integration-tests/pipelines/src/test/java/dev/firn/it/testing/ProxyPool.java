package dev.firn.it.testing;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Proxies in front of one catalog, each for one test at a time; what one test tells its own, no other meets. */
public final class ProxyPool implements AutoCloseable {

    /** As many tests as run side by side; {@code junit-platform.properties} says the same. */
    private static final int PROXIES = 6;

    private final BlockingQueue<CatalogProcess> free = new ArrayBlockingQueue<>(PROXIES);

    public ProxyPool(CatalogProcess catalog) {
        for (int proxy = 0; proxy < PROXIES; proxy++) {
            free.add(CatalogProcess.faultProxy(catalog));
        }
    }

    /** Waits until one is free. */
    public CatalogProcess take() {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void giveBack(CatalogProcess proxy) {
        free.add(proxy);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (CatalogProcess proxy : free) {
            proxy.close();
        }
    }
}

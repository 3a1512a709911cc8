package dev.firn.tables.maintenance;

import dev.firn.spi.source.OutsideException;
import java.util.concurrent.ThreadLocalRandom;

/** Lets others go first whose commits were in the way. */
final class Pause {

    private static final long FIRST_MILLIS = 50;

    private Pause() {}

    /** @param attempt that has failed, from 1 */
    static void before(int attempt) {
        try {
            Thread.sleep(
                    (FIRST_MILLIS << attempt) / 2 + ThreadLocalRandom.current().nextLong(FIRST_MILLIS << attempt) / 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("was told to stop", e);
        }
    }
}

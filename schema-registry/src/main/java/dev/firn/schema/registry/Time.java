package dev.firn.schema.registry;

import java.time.Duration;

/** A clock that can be waited on. */
public interface Time {

    /** The system's. */
    Time SYSTEM = new Time() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    };

    /** Nanoseconds since some moment. */
    long nanoTime();

    void pause(Duration duration) throws InterruptedException;
}

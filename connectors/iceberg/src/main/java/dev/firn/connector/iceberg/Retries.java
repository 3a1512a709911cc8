package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Repeats a step whose outcome is unknown until it says that it is done. The step itself looks first whether an earlier
 * attempt has landed.
 *
 * @param attempts how often at most, before the failure goes to the caller
 * @param firstPause before the second attempt, doubled for each that follows, less a random half
 */
record Retries(int attempts, Duration firstPause) {

    static final Retries DEFAULT = new Retries(6, Duration.ofMillis(100));

    void run(String what, Outside outside, Runnable step) {
        call(what, outside, () -> {
            step.run();
            return Boolean.TRUE;
        });
    }

    <T> T call(String what, Outside outside, Supplier<T> step) {
        for (int attempt = 1; ; attempt++) {
            try {
                return step.get();
            } catch (CommitRefused | Ledger.RunSuperseded | EpochOutOfOrder decided) {
                throw decided;
            } catch (RuntimeException unknown) {
                if (attempt == attempts) {
                    throw unknown instanceof OutsideException told ? told : outside.failed(what, unknown);
                }
                pause(what, attempt);
            }
        }
    }

    private void pause(String what, int attempt) {
        long most = firstPause.toMillis() << (attempt - 1);
        try {
            Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException("was told to stop while it tried again to " + what, e);
        }
    }
}

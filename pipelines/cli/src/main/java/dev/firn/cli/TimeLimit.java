package dev.firn.cli;

import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does with a job's own means what somebody waits for: a registry that does not answer is not waited for as a job would.
 *
 * @param lacking what was not to be had where it takes longer, to the middle of a sentence
 */
public record TimeLimit(Duration limit, String lacking) {

    /** Throws {@link OutsideException} if it takes too long, and what the work throws unchecked. */
    public <T> T on(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(done, work), "firn-limited");
        // What waits for a registry must not keep the process when the verb has answered.
        thread.setDaemon(true);
        thread.setContextClassLoader(TimeLimit.class.getClassLoader());
        thread.start();
        return awaited(done);
    }

    private static <T> void complete(CompletableFuture<T> done, Callable<T> work) {
        try {
            done.complete(work.call());
        } catch (Throwable thrown) {
            done.completeExceptionally(thrown);
        }
    }

    private <T> T awaited(CompletableFuture<T> done) {
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new OutsideException(lacking + " within " + limit.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException(lacking + ": stopped while waiting for it", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("our bug: what was waited for has failed", e.getCause());
        }
    }
}

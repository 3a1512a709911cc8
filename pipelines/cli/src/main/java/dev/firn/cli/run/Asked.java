package dev.firn.cli.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A question that is asked again and again, on a thread of its own: what is gone takes its time not to answer, and whoever
 * wants to know must not wait for it, let alone fall with it.
 */
final class Asked<T> implements AutoCloseable {

    /** How long a question under way may take to notice that nobody wants its answer any more. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(5);

    private final Supplier<T> question;
    private final Duration between;
    private final ScheduledExecutorService thread;
    private volatile Optional<T> newest = Optional.empty();
    private volatile Optional<String> complaint = Optional.empty();

    /** @param question throws where there is no answer; the exception's message is the complaint */
    Asked(String name, Duration between, Supplier<T> question) {
        this.question = question;
        this.between = between;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread asking = new Thread(task, "firn-" + name);
            asking.setDaemon(true);
            return asking;
        });
    }

    void keepAsking() {
        thread.scheduleWithFixedDelay(this::ask, between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            newest = Optional.of(question.get());
            complaint = Optional.empty();
        } catch (RuntimeException noAnswer) {
            // Whatever it is: a question that has failed once is still worth asking.
            complaint = Optional.of(String.valueOf(noAnswer.getMessage()));
        }
    }

    /** The last answer, if there was one. */
    Optional<T> newest() {
        return newest;
    }

    /** Why there is no answer now, if there is none. */
    Optional<String> complaint() {
        return complaint;
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(LAST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }
}

package dev.firn.spi.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;

/** What the readers in this process wait for, for whoever runs a job here and wants to say so. */
public final class WaitingSplits {

    private static final Set<Reader> READERS = new CopyOnWriteArraySet<>();

    private WaitingSplits() {}

    /** A reader whose splits are shown until it is closed. */
    public static final class Reader implements AutoCloseable {

        private final Supplier<Collection<WaitingSplit>> waiting;

        private Reader(Supplier<Collection<WaitingSplit>> waiting) {
            this.waiting = waiting;
        }

        @Override
        public void close() {
            READERS.remove(this);
        }
    }

    /** @param waiting safe to be asked by any thread */
    public static Reader show(Supplier<Collection<WaitingSplit>> waiting) {
        Reader reader = new Reader(waiting);
        READERS.add(reader);
        return reader;
    }

    public static List<WaitingSplit> now() {
        return READERS.stream().flatMap(reader -> reader.waiting.get().stream()).toList();
    }

    /** One of the figures that a reader shows of its own splits. */
    public record Metric(String name, String says, ToLongBiFunction<Collection<WaitingSplit>, Instant> value) {

        /** All of them; their names are stable. */
        public static final List<Metric> ALL = List.of(
                new Metric(
                        "splitsWaitingForSchema",
                        "Partitions that are not read on because the registry can't say the schema of their next record. Alarm if it"
                                + " stays: after `on-outage.wait` the job ends, or records go to quarantine.",
                        (waiting, now) -> waiting.size()),
                new Metric(
                        "waitingForSchemaSeconds",
                        "How long the registry has been asked for the schema that has been wanted for longest; 0 where all is well.",
                        (waiting, now) -> waiting.stream()
                                .mapToLong(split -> Math.max(
                                        1, Duration.between(split.since(), now).toSeconds()))
                                .max()
                                .orElse(0)));
    }
}

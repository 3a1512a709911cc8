package dev.firn.definition.bind;

import java.time.Duration;
import java.util.Optional;

/** Times as the pipeline file has them, where they stand in arguments of the command. */
public final class Times {

    private Times() {}

    /** {@code 90m}, {@code 2d}; empty where an option of the file would not take it. */
    public static Optional<Duration> parse(String text) {
        try {
            return Optional.of(Quantities.duration(text));
        } catch (Refusal refused) {
            return Optional.empty();
        }
    }
}

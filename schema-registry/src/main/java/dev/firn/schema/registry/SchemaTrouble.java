package dev.firn.schema.registry;

import java.time.Duration;

/**
 * A schema that nobody could say so far.
 *
 * @param reason what the registry has answered last, in a sentence
 * @param waited since it was first asked for
 * @param verdict whether that has been long enough for the job to end
 */
public record SchemaTrouble(String reason, Duration waited, Verdict verdict) {

    /** Whether waiting goes on. */
    public enum Verdict {
        WAIT,
        FAIL
    }
}

package dev.firn.schema.registry;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a schema is waited for, and what follows.
 *
 * @param longest counted from the first time that it was asked for
 */
public record OutagePolicy(Duration longest, Then then) implements Serializable {

    /** What follows when nobody could say a schema for so long. */
    public enum Then {
        /** The job ends with the reason. */
        FAIL,
        /** Records of that schema go to quarantine, until somebody can say it. */
        QUARANTINE
    }
}

package dev.firn.schema.compare;

import java.util.List;
import java.util.Locale;

/** What a registry can ask of a new version; the words of Confluent's. */
public enum CompatibilityLevel {
    /** The new version reads what the last one has written. */
    BACKWARD,
    BACKWARD_TRANSITIVE,
    /** The last version reads what the new one writes. */
    FORWARD,
    FORWARD_TRANSITIVE,
    /** Both. */
    FULL,
    FULL_TRANSITIVE;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is about all versions, not the last alone. */
    public boolean isTransitive() {
        return this == BACKWARD_TRANSITIVE || this == FORWARD_TRANSITIVE || this == FULL_TRANSITIVE;
    }

    boolean newReadsOld() {
        return this != FORWARD && this != FORWARD_TRANSITIVE;
    }

    boolean oldReadsNew() {
        return this != BACKWARD && this != BACKWARD_TRANSITIVE;
    }

    /** Those of the older versions, oldest first, that the new one is held against. */
    public <T> List<T> among(List<T> older) {
        return isTransitive() || older.isEmpty() ? older : older.subList(older.size() - 1, older.size());
    }
}

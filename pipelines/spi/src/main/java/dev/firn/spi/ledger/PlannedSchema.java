package dev.firn.spi.ledger;

import dev.firn.spi.source.StreamDefinition;
import java.io.Serializable;
import java.util.Optional;

/**
 * A stream's newest schema as a plan found it, which the columns of its tables were made of.
 *
 * @param origin where it was found, as {@link dev.firn.spi.format.SchemaMemory#origin} says it
 * @param run the first that was planned with it, of those in a row that were
 * @param key empty where keys have no schema
 */
public record PlannedSchema(String origin, String source, String stream, long run, String value, String key)
        implements Serializable {

    /** What it is said of. */
    public record Place(String source, String stream) {}

    public Place place() {
        return new Place(source, stream);
    }

    public StreamDefinition definition() {
        return new StreamDefinition(value, key.isEmpty() ? Optional.empty() : Optional.of(key));
    }

    /** Whether another run found the same. */
    public boolean says(PlannedSchema other) {
        return origin.equals(other.origin)
                && place().equals(other.place())
                && value.equals(other.value)
                && key.equals(other.key);
    }
}

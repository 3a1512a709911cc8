package dev.firn.spi.notation;

import java.util.List;
import java.util.Optional;

/**
 * What is said of a field beside its type.
 *
 * @param defaultValue as JSON, in Avro's encoding
 * @param aliases former names
 */
public record Remarks(Optional<String> doc, Optional<String> defaultValue, List<String> aliases) {

    public static final Remarks NONE = new Remarks(Optional.empty(), Optional.empty(), List.of());

    private static final String NULL = "null";

    /** That nothing is said stands for null. */
    public static final Remarks NULL_UNLESS_SAID = new Remarks(Optional.empty(), Optional.of(NULL), List.of());

    public Remarks {
        aliases = List.copyOf(aliases);
    }

    public Remarks withDoc(Optional<String> said) {
        return new Remarks(said, defaultValue, aliases);
    }

    public Remarks withDefault(Optional<String> said) {
        return new Remarks(doc, said, aliases);
    }

    /** Every optional place of a table is null where nothing is said, so that needs no word. */
    public boolean defaultsToNull() {
        return defaultValue.filter(NULL::equals).isPresent();
    }
}

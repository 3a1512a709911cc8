package dev.firn.spi.notation;

import java.util.List;
import java.util.Optional;

/**
 * The name of a type, where it has one, and what is said of the type itself.
 *
 * @param full with the namespace in front and dots in between; empty where there is none
 * @param aliases former names, as they are written
 */
public record TypeName(String full, Optional<String> doc, List<String> aliases) {

    /** A type without a name. */
    public static final TypeName NONE = new TypeName("", Optional.empty(), List.of());

    public TypeName {
        aliases = List.copyOf(aliases);
    }

    public static TypeName of(String full) {
        return new TypeName(full, Optional.empty(), List.of());
    }

    public boolean isThere() {
        return !full.isEmpty();
    }

    /** Without the namespace. */
    public String simple() {
        return full.substring(full.lastIndexOf('.') + 1);
    }

    /** Empty where there is none. */
    public String namespace() {
        return full.substring(0, Math.max(0, full.lastIndexOf('.')));
    }
}

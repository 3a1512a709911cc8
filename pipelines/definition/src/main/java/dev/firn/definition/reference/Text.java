package dev.firn.definition.reference;

import java.io.Serializable;

/**
 * Text that may hold references; what is stored and printed is always the reference, never the value.
 *
 * @param raw as the file has it, such as {@code ${env:KAFKA}:9092}
 */
public record Text(String raw) implements Serializable {

    /** The value, for the process that uses it. */
    public String resolve(ReferenceResolver resolver) {
        return resolver.resolve(raw);
    }

    @Override
    public String toString() {
        return raw;
    }
}

package dev.firn.spi.source;

import java.util.List;
import java.util.OptionalInt;

/**
 * Under what a registry keeps a schema.
 *
 * @param registry as the file names it, without a user or a password
 * @param id empty where the registry does not say it, as with {@code version}
 * @param type the registry's word, such as {@code AVRO}
 * @param references to other schemas, in the registry's order
 */
public record Registration(
        String registry, String subject, OptionalInt id, OptionalInt version, String type, List<Reference> references) {

    public Registration {
        references = List.copyOf(references);
    }

    /**
     * What a schema needs of another.
     *
     * @param name of the type, as the schema uses it
     * @param version -1 for the latest
     */
    public record Reference(String name, String subject, int version) {}
}

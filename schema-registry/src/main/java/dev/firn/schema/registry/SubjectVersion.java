package dev.firn.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.spi.source.Registration;
import java.util.List;
import java.util.OptionalInt;

/**
 * A version of a subject, with all that the registry says of it.
 *
 * @param id empty where the registry does not say it, as with {@code version}
 * @param answer the schema itself
 */
public record SubjectVersion(
        OptionalInt id,
        OptionalInt version,
        String type,
        List<Registration.Reference> references,
        RegistryAnswer answer) {

    static final SubjectVersion UNKNOWN =
            new SubjectVersion(OptionalInt.empty(), OptionalInt.empty(), "", List.of(), new RegistryAnswer.Unknown());

    public SubjectVersion {
        references = List.copyOf(references);
    }

    static SubjectVersion of(JsonNode told, RegistryAnswer answer) throws RegistryConnection.Outage {
        StoredSchema stored = StoredSchema.of(told);
        return new SubjectVersion(
                number(told.path("id")),
                number(told.path("version")),
                stored.type(),
                stored.references().stream()
                        .map(reference ->
                                new Registration.Reference(reference.name(), reference.subject(), reference.version()))
                        .toList(),
                answer);
    }

    private static OptionalInt number(JsonNode node) {
        return node.isInt() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }
}

package dev.firn.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema as the registry keeps it.
 *
 * @param type {@code AVRO}, {@code PROTOBUF}, {@code JSON}, or what comes after those
 * @param references what it needs of others, in the order of the registry
 */
record StoredSchema(String text, String type, List<SchemaReference> references) {

    static final String AVRO = "AVRO";

    /**
     * @param name of the type, as the schema uses it
     * @param version -1 for the latest, as Confluent has it
     */
    record SchemaReference(String name, String subject, int version) {}

    static StoredSchema of(JsonNode answer) throws RegistryConnection.Outage {
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode reference : answer.path("references")) {
            if (!reference.path("name").isTextual()
                    || !reference.path("subject").isTextual()
                    || !reference.path("version").isIntegralNumber()) {
                throw new RegistryConnection.Outage("it answers with a reference that has no name, subject or version");
            }
            references.add(new SchemaReference(
                    reference.path("name").textValue(),
                    reference.path("subject").textValue(),
                    reference.path("version").intValue()));
        }
        return new StoredSchema(
                answer.path("schema").textValue(), answer.path("schemaType").asText(AVRO), List.copyOf(references));
    }
}

package dev.firn.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** A version of a subject that a schema is. */
record SubjectUse(String subject, int version) {

    static SubjectUse of(JsonNode told) throws RegistryConnection.Outage {
        if (!told.path("subject").isTextual() || !told.path("version").isInt()) {
            throw new RegistryConnection.Outage("it answers with a version that has no subject or number");
        }
        return new SubjectUse(
                told.path("subject").textValue(), told.path("version").intValue());
    }
}

package dev.firn.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a registry can be asked.
 *
 * @param what as a sentence names it
 * @param path from the registry's url on, not encoded
 * @param query as it stands in the address; empty if there is none
 */
record RegistryQuestion(Kind kind, String what, List<String> path, String query, OptionalInt number) {

    private static final String DELETED_TOO = "deleted=true";

    /** What an answer has to be. */
    enum Kind {
        SCHEMA_BY_ID,
        SCHEMA_BY_VERSION,
        LIST,
        LEVEL
    }

    static RegistryQuestion schema(int id) {
        return new RegistryQuestion(
                Kind.SCHEMA_BY_ID,
                "schema id " + id,
                List.of("schemas", "ids", Integer.toString(id)),
                "",
                OptionalInt.of(id));
    }

    /** Which versions of which subjects a schema is; deleted ones too. */
    static RegistryQuestion uses(int id) {
        return new RegistryQuestion(
                Kind.LIST,
                "the versions that are schema id " + id,
                List.of("schemas", "ids", Integer.toString(id), "versions"),
                DELETED_TOO,
                OptionalInt.empty());
    }

    static RegistryQuestion latest(String subject) {
        return new RegistryQuestion(
                Kind.SCHEMA_BY_VERSION,
                "the latest version of subject `" + subject + "`",
                List.of("subjects", subject, "versions", "latest"),
                "",
                OptionalInt.empty());
    }

    static RegistryQuestion version(String subject, int version) {
        return version(subject, version, "");
    }

    /** A deleted version still has what refers to it, and records; Confluent's client asks so too. */
    static RegistryQuestion evenDeleted(String subject, int version) {
        return version(subject, version, DELETED_TOO);
    }

    private static RegistryQuestion version(String subject, int version, String query) {
        return new RegistryQuestion(
                Kind.SCHEMA_BY_VERSION,
                "version " + version + " of subject `" + subject + "`",
                List.of("subjects", subject, "versions", Integer.toString(version)),
                query,
                OptionalInt.of(version));
    }

    static RegistryQuestion subjects(String prefix) {
        return new RegistryQuestion(
                Kind.LIST,
                "its subjects",
                List.of("subjects"),
                "subjectPrefix=" + RegistryUrl.encoded(prefix),
                OptionalInt.empty());
    }

    static RegistryQuestion versions(String subject) {
        return versions(subject, "");
    }

    static RegistryQuestion versionsEvenDeleted(String subject) {
        return versions(subject, DELETED_TOO);
    }

    private static RegistryQuestion versions(String subject, String query) {
        return new RegistryQuestion(
                Kind.LIST,
                "the versions of subject `" + subject + "`",
                List.of("subjects", subject, "versions"),
                query,
                OptionalInt.empty());
    }

    /** What is asked of the next version; of all subjects, where nothing is said of this one. */
    static RegistryQuestion level(String subject) {
        return new RegistryQuestion(
                Kind.LEVEL,
                "the compatibility level of subject `" + subject + "`",
                List.of("config", subject),
                "defaultToGlobal=true",
                OptionalInt.empty());
    }

    URI at(RegistryUrl url) {
        URI address = url.at(path.toArray(String[]::new));
        return query.isEmpty() ? address : URI.create(address + "?" + query);
    }

    /** The answer, if it is one to this question. */
    JsonNode understood(JsonNode answer) throws RegistryConnection.Outage {
        if (kind == Kind.LIST) {
            if (!answer.isArray()) {
                throw new RegistryConnection.Outage(
                        "it answers without a list of " + what.replaceFirst("^(its|the) ", ""));
            }
            return answer;
        }
        if (kind == Kind.LEVEL) {
            if (!answer.path("compatibilityLevel").isTextual()) {
                throw new RegistryConnection.Outage("it answers without a level");
            }
            return answer;
        }
        if (!answer.path("schema").isTextual()) {
            throw new RegistryConnection.Outage("it answers without a schema; the url may belong to something else");
        }
        // Not every registry repeats what it was asked for. One that does, and is wrong, mixes its answers up.
        String field = kind == Kind.SCHEMA_BY_ID ? "id" : "version";
        JsonNode said = answer.path(field);
        if (number.isPresent() && said.isIntegralNumber() && said.asLong() != number.getAsInt()) {
            throw new RegistryConnection.Outage("it answers with " + field + " " + said.asLong());
        }
        return answer;
    }
}

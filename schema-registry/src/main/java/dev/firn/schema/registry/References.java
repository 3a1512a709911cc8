package dev.firn.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.schema.registry.StoredSchema.SchemaReference;
import java.util.Optional;

/** Fetches what one schema refers to, directly or through others, within bounds. */
final class References {

    /** A schema has a handful; what has more is a mistake, and not worth a request each. */
    private static final int MOST = 200;

    private final RegistryConnection connection;
    private final String what;
    private final SchemaType type;
    private int count;
    private long length;

    /** @param what as a sentence names the schema that is asked for */
    References(RegistryConnection connection, String what, SchemaType type) {
        this.connection = connection;
        this.what = what;
        this.type = type;
    }

    StoredSchema fetched(SchemaReference reference) throws RegistryConnection.Outage, NotOnePiece {
        if (++count > MOST) {
            throw new NotOnePiece(what + " refers to more than " + MOST + " other schemas");
        }
        RegistryQuestion question = reference.version() < 0
                ? RegistryQuestion.latest(reference.subject())
                : RegistryQuestion.evenDeleted(reference.subject(), reference.version());
        Optional<JsonNode> answer = connection.ask(question);
        if (answer.isEmpty()) {
            // No schema without it, and no reason to send good records to quarantine: somebody can put it back.
            throw new RegistryConnection.Outage(
                    "it has no " + question.what().replaceFirst("^the ", "") + ", which " + what + " refers to");
        }
        StoredSchema found = StoredSchema.of(answer.get());
        if (!found.type().equals(type.name())) {
            throw new NotOnePiece(
                    what + " refers to " + named(reference) + ", which is of type `" + found.type() + "`");
        }
        length += found.text().length();
        if (length > BoundedBody.MOST_BYTES) {
            throw new NotOnePiece(what + " refers to schemas of more than " + (BoundedBody.MOST_BYTES >> 20) + " MiB");
        }
        return found;
    }

    static String named(SchemaReference reference) {
        return (reference.version() < 0 ? "the latest version" : "version " + reference.version()) + " of subject `"
                + reference.subject() + "`";
    }
}

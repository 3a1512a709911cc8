package dev.firn.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.schema.registry.StoredSchema.SchemaReference;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Makes one schema in one piece of one that refers to others, as Confluent's client does: what is referred to is parsed
 * first, and of two references of one name the first counts.
 */
final class ReferencedSchemas {

    /** A schema has a handful; what has more is a mistake, and not worth a request each. */
    private static final int MOST = 200;

    /** Old schemas with bad defaults are in many registries, and defaults of the writer are never used. */
    private final Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);

    private final RegistryConnection connection;
    private final String what;
    private final Set<String> parsed = new HashSet<>();
    private final Set<String> beingParsed = new HashSet<>();
    private long length;

    private ReferencedSchemas(RegistryConnection connection, String what) {
        this.connection = connection;
        this.what = what;
    }

    /** It can't be put together; the message is a sentence for the user. */
    private static final class NotOnePiece extends Exception {
        private static final long serialVersionUID = 1L;

        NotOnePiece(String message) {
            super(message);
        }
    }

    /** @param what as a sentence names the schema that is asked for */
    static RegistryAnswer inOnePiece(RegistryConnection connection, String what, StoredSchema schema)
            throws RegistryConnection.Outage {
        ReferencedSchemas referenced = new ReferencedSchemas(connection, what);
        try {
            referenced.parse(schema);
            return new RegistryAnswer.Found(
                    referenced.text(referenced.parsed(schema, "with the schemas that it refers to, it")));
        } catch (NotOnePiece e) {
            return new RegistryAnswer.Unsupported(String.valueOf(e.getMessage()));
        }
    }

    private void parse(StoredSchema schema) throws RegistryConnection.Outage, NotOnePiece {
        for (SchemaReference reference : schema.references()) {
            String name = reference.name();
            if (beingParsed.contains(name)) {
                throw new NotOnePiece(what + " refers to `" + name + "`, which refers to itself");
            }
            if (parsed.contains(name)) {
                continue;
            }
            if (parsed.size() + beingParsed.size() == MOST) {
                throw new NotOnePiece(what + " refers to more than " + MOST + " other schemas");
            }
            beingParsed.add(name);
            StoredSchema found = fetched(reference);
            parse(found);
            parsed(found, named(reference));
            beingParsed.remove(name);
            parsed.add(name);
        }
    }

    private StoredSchema fetched(SchemaReference reference) throws RegistryConnection.Outage, NotOnePiece {
        RegistryQuestion question = reference.version() < 0
                ? RegistryQuestion.latest(reference.subject())
                : RegistryQuestion.referenced(reference.subject(), reference.version());
        Optional<JsonNode> answer = connection.ask(question);
        if (answer.isEmpty()) {
            // No schema without it, and no reason to send good records to quarantine: somebody can put it back.
            throw new RegistryConnection.Outage(
                    "it has no " + question.what().replaceFirst("^the ", "") + ", which " + what + " refers to");
        }
        StoredSchema found = StoredSchema.of(answer.get());
        if (!found.type().equals(StoredSchema.AVRO)) {
            throw new NotOnePiece(
                    what + " refers to " + named(reference) + ", which is of type `" + found.type() + "`");
        }
        length += found.text().length();
        if (length > BoundedBody.MOST_BYTES) {
            throw new NotOnePiece(what + " refers to schemas of more than " + (BoundedBody.MOST_BYTES >> 20) + " MiB");
        }
        return found;
    }

    private Schema parsed(StoredSchema schema, String subject) throws NotOnePiece {
        try {
            return parser.parse(schema.text());
        } catch (AvroRuntimeException e) {
            String message = String.valueOf(e.getMessage());
            throw new NotOnePiece(what + " refers to other schemas, and " + subject + " is not valid Avro: "
                    + message.lines().findFirst().orElse(message));
        } catch (RuntimeException | StackOverflowError e) {
            // Avro trips over some texts. Its stumbling is no outage: the same text would come again and again.
            throw new NotOnePiece(what + " refers to other schemas, and " + subject
                    + " is nothing that Avro's parser can read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private String text(Schema whole) throws NotOnePiece {
        try {
            return whole.toString();
        } catch (RuntimeException | StackOverflowError e) {
            // Records that name each other in a row stand inside each other here.
            throw new NotOnePiece(what + " is nested too deeply with the schemas that it refers to");
        }
    }

    private static String named(SchemaReference reference) {
        return (reference.version() < 0 ? "the latest version" : "version " + reference.version()) + " of subject `"
                + reference.subject() + "`";
    }
}

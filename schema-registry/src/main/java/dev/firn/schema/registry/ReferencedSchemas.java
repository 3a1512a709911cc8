package dev.firn.schema.registry;

import dev.firn.schema.registry.StoredSchema.SchemaReference;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Makes one schema in one piece of one that refers to others, as Confluent's client does: what is referred to is parsed
 * first, and of two references of one name the first counts.
 */
final class ReferencedSchemas {

    /** Old schemas with bad defaults are in many registries, and defaults of the writer are never used. */
    private final Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);

    private final References references;
    private final String what;
    private final Set<String> parsed = new HashSet<>();
    private final Set<String> beingParsed = new HashSet<>();

    private ReferencedSchemas(RegistryConnection connection, String what) {
        this.references = new References(connection, what, SchemaType.AVRO);
        this.what = what;
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
            beingParsed.add(name);
            StoredSchema found = references.fetched(reference);
            parse(found);
            parsed(found, References.named(reference));
            beingParsed.remove(name);
            parsed.add(name);
        }
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
}

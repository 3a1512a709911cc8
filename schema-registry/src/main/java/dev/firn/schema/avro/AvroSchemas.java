package dev.firn.schema.avro;

import dev.firn.schema.binding.Excerpt;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads a schema's JSON text. */
public final class AvroSchemas {

    private AvroSchemas() {}

    /** The text is no Avro schema; the message says why. */
    public static final class NotAvro extends Exception {
        private static final long serialVersionUID = 1L;

        NotAvro(String message) {
            super(message);
        }
    }

    public static Schema parse(String text) throws NotAvro {
        try {
            // Old schemas with defaults that are not of their field's type are in many registries.
            return new Schema.Parser().setValidateDefaults(false).parse(text);
        } catch (AvroRuntimeException e) {
            if (e.getCause() instanceof IOException) {
                throw new NotAvro("it is not JSON");
            }
            String message = String.valueOf(e.getMessage());
            throw new NotAvro(Excerpt.of(message.lines().findFirst().orElse(message)));
        } catch (RuntimeException | StackOverflowError e) {
            // Avro's parser lets through what its parts throw at an order, a size or a name that is none, or at too
            // deep a nesting.
            throw new NotAvro(
                    "Avro's parser can't read it" + (e.getMessage() == null ? "" : ": " + Excerpt.of(e.getMessage())));
        }
    }
}

package dev.firn.cli.schema;

import dev.firn.schema.avro.AvroRules;
import org.apache.avro.Schema;

/**
 * A schema that an argument names.
 *
 * @param name as answers show it: a file, {@code orders-value@3}
 * @param text as it is there
 * @param rules what a pipeline file says of how it becomes columns
 */
public record NamedSchema(String name, Schema schema, String text, AvroRules rules) {

    /** Where nothing is said. */
    public NamedSchema(String name, Schema schema, String text) {
        this(name, schema, text, AvroRules.STRICT);
    }
}

package dev.firn.cli.schema;

import org.apache.avro.Schema;

/**
 * A schema that an argument names.
 *
 * @param name as answers show it: a file, {@code orders-value@3}
 * @param text as it is there
 */
public record NamedSchema(String name, Schema schema, String text) {}

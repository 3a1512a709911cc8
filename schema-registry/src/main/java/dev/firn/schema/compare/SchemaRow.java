package dev.firn.schema.compare;

import dev.firn.spi.schema.Nullability;
import java.util.Optional;

/**
 * One place of a schema and the column that is made of it.
 *
 * @param avroType in a few words
 * @param column its type; empty where no column can hold it
 * @param defaultValue as the schema writes it
 */
public record SchemaRow(
        String path,
        String avroType,
        Optional<String> column,
        Nullability nullability,
        Optional<String> defaultValue,
        Optional<String> doc) {}

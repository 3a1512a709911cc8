package dev.firn.spi.source;

import java.util.Optional;

/**
 * What the columns of a stream were made of, in the words of its formats: for Avro a schema's JSON text. It says more than columns
 * do: defaults, names of before.
 *
 * @param key there where keys have columns and a schema
 */
public record StreamDefinition(String value, Optional<String> key) {

    public static StreamDefinition ofValue(String value) {
        return new StreamDefinition(value, Optional.empty());
    }
}

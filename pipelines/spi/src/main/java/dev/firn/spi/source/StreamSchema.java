package dev.firn.spi.source;

import dev.firn.spi.schema.TableSchema;

/**
 * What the newest records of a stream look like.
 *
 * @param columns that a table made of it has
 */
public record StreamSchema(TableSchema columns, StreamDefinition definition) {

    /** Of values alone. */
    public StreamSchema(TableSchema columns, String definition) {
        this(columns, StreamDefinition.ofValue(definition));
    }
}

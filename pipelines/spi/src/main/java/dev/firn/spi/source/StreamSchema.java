package dev.firn.spi.source;

import dev.firn.spi.schema.TableSchema;
import java.util.Optional;

/**
 * What the newest records of a stream look like.
 *
 * @param columns that a table made of it has
 * @param deletes the keys of records without a value, where those delete rows
 */
public record StreamSchema(TableSchema columns, StreamDefinition definition, Optional<RecordKey> deletes) {

    /** Of records none of which deletes a row. */
    public StreamSchema(TableSchema columns, StreamDefinition definition) {
        this(columns, definition, Optional.empty());
    }

    /** Of values alone. */
    public StreamSchema(TableSchema columns, String definition) {
        this(columns, StreamDefinition.ofValue(definition));
    }
}

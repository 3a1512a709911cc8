package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;

/** Which keys' records come to one writer; those of others it need not know. */
@FunctionalInterface
public interface OwnedKeys {

    /** All records come to the one writer that there is. */
    OwnedKeys ALL = (table, key) -> true;

    /** @param key the number that {@link TableWriters#key} gives all records of a key */
    boolean contains(TableName table, int key);
}

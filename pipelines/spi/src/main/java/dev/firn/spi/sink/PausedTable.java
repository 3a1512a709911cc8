package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.time.Instant;

/**
 * A table that a change of a schema has paused: what comes for it waits in quarantine until somebody has decided.
 *
 * @param at when
 * @param reason the changes that it waits for, in a sentence
 * @param source of the record that came with the schema
 * @param stream of that record
 * @param schemaId the format's id of the schema
 */
public record PausedTable(TableName table, Instant at, String reason, String source, String stream, int schemaId)
        implements Serializable {}

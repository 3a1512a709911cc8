package dev.firn.spi.source;

import dev.firn.spi.schema.TableSchema;

/**
 * What the newest records of a stream look like.
 *
 * @param columns that a table made of it has
 * @param definition what the columns were made of, in the words of the stream's format: for Avro a schema's JSON text. It says
 *     more than columns do: defaults, names of before
 */
public record StreamSchema(TableSchema columns, String definition) {}

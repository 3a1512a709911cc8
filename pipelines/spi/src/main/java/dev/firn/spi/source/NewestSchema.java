package dev.firn.spi.source;

/**
 * The newest schema of a stream's values or keys.
 *
 * @param name for complaints: a subject, a file
 * @param definition in the words of its format: for Avro its JSON text, in one piece
 */
public record NewestSchema(String name, String definition) {}

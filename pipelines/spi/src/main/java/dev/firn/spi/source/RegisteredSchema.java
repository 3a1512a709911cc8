package dev.firn.spi.source;

/**
 * The newest schema of a stream's values or keys, as a registry has it.
 *
 * @param definition in one piece, with what it refers to
 */
public record RegisteredSchema(String stream, SchemaPart part, Registration registration, String definition) {}

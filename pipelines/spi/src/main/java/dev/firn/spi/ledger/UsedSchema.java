package dev.firn.spi.ledger;

import java.io.Serializable;

/**
 * A schema that records were read with, which never changes.
 *
 * @param origin where its id counts, as {@link dev.firn.spi.format.SchemaMemory#origin} says it
 * @param definition with all that it refers to
 */
public record UsedSchema(String origin, int id, String definition) implements Serializable {}

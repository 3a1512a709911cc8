package dev.firn.definition;

import dev.firn.definition.bind.Bound;

/**
 * One source of a pipeline.
 *
 * @param name the file's, or the type for an unnamed single source
 * @param type the connector's word, such as {@code kafka}
 * @param component the connector's own options record
 */
public record SourceDefinition(String name, String type, Bound<?> component) {}

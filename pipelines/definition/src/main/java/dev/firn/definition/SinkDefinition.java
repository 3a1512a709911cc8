package dev.firn.definition;

import dev.firn.definition.bind.Bound;

/**
 * The sink of a pipeline.
 *
 * @param namespace for streams that no route names, and for Firn's own tables; the pipeline's name unless the file says otherwise
 */
public record SinkDefinition(String type, String namespace, Bound<?> component) {}

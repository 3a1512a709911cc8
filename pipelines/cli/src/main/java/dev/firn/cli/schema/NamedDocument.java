package dev.firn.cli.schema;

import dev.firn.spi.notation.SchemaDocument;
import java.util.Optional;

/**
 * A document that an argument names.
 *
 * @param notation if whoever has it says it
 */
public record NamedDocument(SchemaDocument document, Optional<String> notation) {}

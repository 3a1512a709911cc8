package dev.firn.spi.source;

import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.TableSchema;
import java.util.Optional;

/**
 * A stream as the planner sees it.
 *
 * @param schema the columns that a table made of it has; empty where the plan is made offline, or an error was reported
 */
public record StreamDescription(String name, SourceSpan span, Optional<TableSchema> schema) {}

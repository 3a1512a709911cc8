package dev.firn.spi.source;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.Optional;

/**
 * A stream as the planner sees it.
 *
 * @param schema what its newest records look like; empty where the plan is made offline, or an error was reported
 */
public record StreamDescription(String name, SourceSpan span, Optional<StreamSchema> schema) {}

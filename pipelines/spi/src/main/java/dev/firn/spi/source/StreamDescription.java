package dev.firn.spi.source;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.Optional;

/**
 * A stream as the planner sees it.
 *
 * @param schema what its newest records look like; empty where the plan is made offline, or an error was reported
 * @param ofRows whether it is a table of a database: its schema says which row a record is about, and a record may come twice, as long as
 *     all that came behind it comes again too
 */
public record StreamDescription(String name, SourceSpan span, Optional<StreamSchema> schema, boolean ofRows) {

    /** Of a stream whose records are just records. */
    public StreamDescription(String name, SourceSpan span, Optional<StreamSchema> schema) {
        this(name, span, schema, false);
    }
}

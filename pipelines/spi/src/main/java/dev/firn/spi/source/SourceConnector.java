package dev.firn.spi.source;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;

/** A source connector, found by {@link java.util.ServiceLoader}; its translator to Flink is a class of its own. */
public interface SourceConnector {

    /** The word behind {@code type:}. */
    String type();

    /** The annotated record that is this connector's part of the grammar. */
    Class<? extends Record> options();

    /** What can be said without the outside: pure, and complete in its complaints. */
    SourceDescription describe(SourceDefinition source, Diagnostics diagnostics);

    /** A view on the outside for the planner; nothing is changed there. */
    SourceInspector inspect(SourceDefinition source, ReferenceResolver references);
}

package dev.firn.cli.outlook;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import java.util.List;

/** The streams of a source by name. Its outside is asked only where the file does not name all of them. */
final class StreamNames {

    private StreamNames() {}

    /**
     * What is wrong with the source is reported.
     *
     * @throws dev.firn.definition.reference.UnresolvedReference if something is not there to ask with
     */
    static List<NamedStream> of(
            SourceDefinition source, Connectors connectors, ReferenceResolver references, Diagnostics diagnostics) {
        SourceConnector connector = connectors.source(source.type());
        SourceDescription described = connector.describe(source, diagnostics);
        if (!described.selection().isOpen()) {
            return described.streams();
        }
        try (SourceInspector inspector = connector.inspect(source, references)) {
            return inspector.names(diagnostics);
        }
    }
}

package dev.firn.plan;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.Connectors;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.StreamDescription;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks nobody: the streams that the file names, with the schemas that are known. This is what {@code lint} plans with. */
public final class OfflinePlanContext implements PlanContext {

    private final Connectors connectors;
    private final PulledSchemas pulled;

    /** Where no schema is known. */
    public OfflinePlanContext(Connectors connectors) {
        this(connectors, PulledSchemas.NONE);
    }

    public OfflinePlanContext(Connectors connectors, PulledSchemas pulled) {
        this.connectors = connectors;
        this.pulled = pulled;
    }

    @Override
    public List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics) {
        SourceConnector connector = connectors.source(source.type());
        KnownSchemas known = pulled.of(source);
        Set<String> missing = new LinkedHashSet<>();
        List<StreamDescription> streams = connector.streams(source, new Asked(known, missing), diagnostics);
        // The planner has described the source already and reported what is wrong with it.
        pulled.report(connector.describe(source, new Diagnostics()), missing, diagnostics);
        return streams;
    }

    /** @param missing takes note of streams of which something was asked for and not known */
    private record Asked(KnownSchemas known, Set<String> missing) implements KnownSchemas {

        @Override
        public Optional<NewestSchema> of(String stream, SchemaPart part) {
            Optional<NewestSchema> schema = known.of(stream, part);
            if (schema.isEmpty()) {
                missing.add(stream);
            }
            return schema;
        }

        @Override
        public Set<String> streams() {
            return known.streams();
        }
    }

    @Override
    public boolean knowsAllStreams() {
        return false;
    }

    @Override
    public TableKnowledge table(TableName name) {
        return TableKnowledge.NOT_ASKED;
    }
}

package dev.firn.plan;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.Connectors;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.StreamDescription;
import java.util.List;
import java.util.function.Function;

/** Asks nobody: the streams that the file names, with the schemas that are known. This is what {@code lint} plans with. */
public final class OfflinePlanContext implements PlanContext {

    private final Connectors connectors;
    private final Function<SourceDefinition, KnownSchemas> known;

    /** Where no schema is known. */
    public OfflinePlanContext(Connectors connectors) {
        this(connectors, source -> KnownSchemas.NONE);
    }

    /** @param known of each source */
    public OfflinePlanContext(Connectors connectors, Function<SourceDefinition, KnownSchemas> known) {
        this.connectors = connectors;
        this.known = known;
    }

    @Override
    public List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics) {
        return connectors.source(source.type()).streams(source, known.apply(source), diagnostics);
    }

    @Override
    public TableKnowledge table(TableName name) {
        return TableKnowledge.NOT_ASKED;
    }
}

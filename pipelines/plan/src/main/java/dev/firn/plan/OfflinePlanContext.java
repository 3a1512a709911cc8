package dev.firn.plan;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.Connectors;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.StreamDescription;
import java.util.List;
import java.util.Optional;

/** Sees nothing but the file: the streams that it names, without schemas. This is what {@code lint} plans with. */
public final class OfflinePlanContext implements PlanContext {

    private final Connectors connectors;

    public OfflinePlanContext(Connectors connectors) {
        this.connectors = connectors;
    }

    @Override
    public List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics) {
        // The planner has described the source already and reported what is wrong with it.
        return connectors.source(source.type()).describe(source, new Diagnostics()).streams().stream()
                .map(stream -> new StreamDescription(stream.name(), stream.span(), Optional.empty()))
                .toList();
    }

    @Override
    public TableKnowledge table(TableName name) {
        return TableKnowledge.NOT_ASKED;
    }
}

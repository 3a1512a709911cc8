package dev.firn.plan.testing;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.plan.OfflinePlanContext;
import dev.firn.plan.PlanContext;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A world made by hand: what a stream's schema is, and which tables there are. */
public record FakeContext(Map<String, TableSchema> schemas, Map<String, ExistingTable> tables) implements PlanContext {

    @Override
    public List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics) {
        return new OfflinePlanContext(Plans.CONNECTORS)
                .streams(source, diagnostics).stream()
                        .map(stream -> new StreamDescription(
                                stream.name(),
                                stream.span(),
                                Optional.ofNullable(schemas.get(stream.name()))
                                        .map(columns -> new StreamSchema(columns, "as " + stream.name()))))
                        .toList();
    }

    @Override
    public Optional<Set<TableName>> tables(String namespace) {
        return Optional.of(tables.keySet().stream()
                .filter(name -> name.startsWith(namespace + "."))
                .map(TableName::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public TableKnowledge table(TableName name) {
        return TableKnowledge.of(Optional.ofNullable(tables.get(name.full())));
    }
}

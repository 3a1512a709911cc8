package dev.firn.cli.outlook;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.plan.Foresight;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PlanContext;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormattedSource;
import dev.firn.schema.NewestSchemas;
import dev.firn.schema.RegistrySchemas;
import dev.firn.schema.SchemaCode;
import dev.firn.spi.Connectors;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.StreamDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The outside of a plan as it is but for one schema. Brokers are asked only where the file does not name all topics: whoever changes a schema
 * may be somewhere else.
 *
 * @param live for tables
 * @param supposed the newest schemas of streams that would have others, by the paths of streams
 */
record SupposedContext(
        LivePlanContext live, Connectors connectors, ReferenceResolver references, Map<String, NewestSchema> supposed)
        implements PlanContext {

    SupposedContext {
        supposed = Map.copyOf(supposed);
    }

    @Override
    public List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics) {
        Map<String, NamedStream> named = new HashMap<>();
        StreamNames.of(source, connectors, references, new Diagnostics())
                .forEach(stream -> named.put(stream.name(), stream));
        Optional<NewestSchemas> registry = registry(source);
        leaveOutThoseWithoutASchema(source, named, registry);
        return connectors
                .source(source.type())
                .streams(
                        source,
                        new KnownSchemas() {
                            @Override
                            public Optional<NewestSchema> of(String stream, SchemaPart part) {
                                NewestSchema other = supposed.get(source.name() + "/" + stream);
                                if (part == SchemaPart.VALUE && other != null) {
                                    return Optional.of(other);
                                }
                                return registry.flatMap(asked -> Optional.ofNullable(named.get(stream))
                                        .flatMap(known -> asked.of(stream, part, known.span(), diagnostics)));
                            }

                            @Override
                            public Set<String> streams() {
                                return named.keySet();
                            }
                        },
                        diagnostics);
    }

    /** As a plan does, of streams that the file selects. */
    private void leaveOutThoseWithoutASchema(
            SourceDefinition source, Map<String, NamedStream> streams, Optional<NewestSchemas> registry) {
        Set<String> named = connectors.source(source.type()).describe(source, new Diagnostics()).streams().stream()
                .map(NamedStream::name)
                .collect(Collectors.toSet());
        streams.values().removeIf(stream -> {
            if (named.contains(stream.name()) || supposed.containsKey(source.name() + "/" + stream.name())) {
                return false;
            }
            Diagnostics asked = new Diagnostics();
            registry.ifPresent(one -> one.of(stream.name(), SchemaPart.VALUE, stream.span(), asked));
            return asked.has(SchemaCode.SUBJECT_NOT_FOUND);
        });
    }

    private Optional<NewestSchemas> registry(SourceDefinition source) {
        if (!(source.component().options() instanceof FormattedSource formatted)) {
            return Optional.empty();
        }
        FormatOptions format = formatted.format();
        return format.registry()
                .map(options -> new RegistrySchemas(
                        options,
                        format.schemaType(),
                        references,
                        source.component().span("format", "registry")));
    }

    @Override
    public TableKnowledge table(TableName name) {
        return live.table(name);
    }

    @Override
    public boolean isDetached(TableName name) {
        return live.isDetached(name);
    }

    @Override
    public Optional<Foreseen> foresee(Foresight.Question question) {
        return live.foresee(question);
    }

    @Override
    public Optional<Set<TableName>> tables(String namespace) {
        return live.tables(namespace);
    }
}

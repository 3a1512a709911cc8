package dev.firn.cli.outlook;

import dev.firn.cli.TimeLimit;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.flink.outlook.Outlook;
import dev.firn.plan.Foresight;
import dev.firn.spi.Connectors;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.SchemaPart;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the newest registered schemas would do to the tables of a pipeline. */
public final class NewestOutlook implements Foresight {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final PipelineDefinition definition;
    private final Connectors connectors;
    private final ReferenceResolver references;
    private final Outlook outlook;

    /** The ids of the newest schemas of values, by stream, by source. */
    private final Map<String, Map<String, Integer>> newest = new HashMap<>();

    private NewestOutlook(
            PipelineDefinition definition, Connectors connectors, ReferenceResolver references, Lake lake) {
        this.definition = definition;
        this.connectors = connectors;
        this.references = references;
        this.outlook = new Outlook(definition.name(), lake, references, NewestOutlook.class.getClassLoader());
    }

    public static Foresight.Opening of(
            PipelineDefinition definition, Connectors connectors, ReferenceResolver references) {
        return lake -> new NewestOutlook(definition, connectors, references, lake);
    }

    @Override
    public Optional<Foreseen> of(Question question) {
        try {
            return Optional.ofNullable(newest.computeIfAbsent(question.source().name(), this::ids)
                            .get(question.stream()))
                    .map(id -> lineages(question, id))
                    .filter(lineages -> !lineages.isEmpty())
                    .flatMap(lineages -> outlook.table(question.table(), lineages, any -> question.policy()));
        } catch (OutsideException | UnresolvedReference unknown) {
            // The plan has asked the same ones, and says what is wrong with them.
            return Optional.empty();
        }
    }

    private List<SchemaLineage> lineages(Question question, int id) {
        return new TimeLimit(PATIENCE, "the versions of a schema were not to be had").on(() -> {
            try {
                return outlook.lineages(question.source(), question.stream(), id, question.rules());
            } catch (Rejected rejected) {
                return List.<SchemaLineage>of();
            }
        });
    }

    private Map<String, Integer> ids(String name) {
        Map<String, Integer> ids = new HashMap<>();
        for (SourceDefinition source : definition.sources()) {
            if (source.name().equals(name)) {
                connectors.source(source.type()).registered(source, references, new Diagnostics()).stream()
                        .filter(schema -> schema.part() == SchemaPart.VALUE)
                        .forEach(schema -> add(ids, schema));
            }
        }
        return ids;
    }

    private static void add(Map<String, Integer> ids, RegisteredSchema schema) {
        schema.registration().id().ifPresent(id -> ids.put(schema.stream(), id));
    }

    @Override
    public void close() {
        outlook.close();
    }
}

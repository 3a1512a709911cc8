package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SinkDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.spi.Connectors;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.health.Health;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantineTopicFactory;
import dev.firn.spi.source.FoundBefore;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StreamDescription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the brokers, the registries and the catalog; changes nothing there. */
public final class LivePlanContext implements PlanContext, AutoCloseable {

    private final Connectors connectors;
    private final ReferenceResolver references;
    private final TableName ledger;
    private final @Nullable Lake lake;
    private final Optional<Foresight> foresight;
    private @Nullable LedgerSchemas schemas;

    private LivePlanContext(
            Connectors connectors,
            ReferenceResolver references,
            TableName ledger,
            @Nullable Lake lake,
            Optional<Foresight> foresight) {
        this.connectors = connectors;
        this.references = references;
        this.ledger = ledger;
        this.lake = lake;
        this.foresight = foresight;
    }

    /** Opens the catalog; where that fails it is reported once and the tables count as not asked for. */
    public static LivePlanContext open(
            PipelineDefinition definition,
            Connectors connectors,
            ReferenceResolver references,
            Diagnostics diagnostics) {
        return open(definition, connectors, references, Foresight.Opening.NONE, diagnostics);
    }

    /** @param foresight for what a plan says of the columns of tables that are there */
    public static LivePlanContext open(
            PipelineDefinition definition,
            Connectors connectors,
            ReferenceResolver references,
            Foresight.Opening foresight,
            Diagnostics diagnostics) {
        UnresolvedReferences unresolved = new UnresolvedReferences(references);
        unresolved.report(definition.pipeline().node(), diagnostics.at("pipeline"));
        SinkDefinition sink = definition.sink();
        Diagnostics atSink = diagnostics.at("sink (" + sink.type() + ")");
        Diagnostics checks = new Diagnostics();
        connectors.sink(sink.type()).check(sink, checks);
        boolean leadsNowhere = unresolved.report(sink.component().node(), atSink);
        // The planner reports what the checks found; opening what is known to be wrong would only say it twice.
        boolean wrong = leadsNowhere || checks.hasErrors();
        Lake lake = wrong ? null : openLake(definition, connectors, references, atSink);
        return new LivePlanContext(
                connectors,
                references,
                Planner.lakeNames(definition).ledger(),
                lake,
                Optional.ofNullable(lake).map(foresight::beside));
    }

    private static @Nullable Lake openLake(
            PipelineDefinition definition, Connectors connectors, ReferenceResolver references, Diagnostics atSink) {
        SinkDefinition sink = definition.sink();
        LakeNames names = Planner.lakeNames(definition);
        Lake opened = null;
        try {
            LakeFactory lake =
                    connectors.sink(sink.type()).lake(sink.component().options(), names);
            opened = QuarantineTopics.of(definition, connectors)
                    .map(lake::beside)
                    .orElse(lake)
                    .open(references);
            // A catalog can be opened without being there; asking for one table tells.
            opened.table(names.ledger());
            return opened;
        } catch (OutsideException outside) {
            atSink.report(Diagnostic.error(
                    PlanCode.CATALOG_UNREACHABLE,
                    sink.component().span("catalog"),
                    String.valueOf(outside.getMessage())));
            if (opened != null) {
                opened.close();
            }
            return null;
        }
    }

    @Override
    public List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics) {
        if (new UnresolvedReferences(references).report(source.component().node(), diagnostics)) {
            return new OfflinePlanContext(connectors).streams(source, diagnostics);
        }
        try (SourceInspector inspector = connectors.source(source.type()).inspect(source, references)) {
            return inspector.streams(foundBefore(source), diagnostics);
        }
    }

    private FoundBefore foundBefore(SourceDefinition source) {
        return new FoundBefore() {
            @Override
            public Optional<PlannedSchema> of(String stream) {
                return inLedger().planned().stream()
                        .filter(schema -> schema.place().equals(new PlannedSchema.Place(source.name(), stream)))
                        .findFirst();
            }

            @Override
            public Set<String> streams() {
                return inLedger().planned().stream()
                        .map(PlannedSchema::place)
                        .filter(place -> place.source().equals(source.name()))
                        .map(PlannedSchema.Place::stream)
                        .collect(Collectors.toSet());
            }
        };
    }

    /** Read once, and only by a plan whose registry does not answer, or whose file does not name all streams. */
    private LedgerSchemas inLedger() {
        LedgerSchemas read = schemas;
        if (read == null) {
            read = readLedger();
            schemas = read;
        }
        return read;
    }

    private LedgerSchemas readLedger() {
        try {
            // Where there is none, asking for it would make it.
            return lake().filter(asked -> asked.table(ledger).isPresent())
                    .map(asked -> asked.ledger().schemas())
                    .orElse(LedgerSchemas.NONE);
        } catch (OutsideException unknown) {
            // The registry is what the plan needs and lacks; the ledger would only have stood in.
            return LedgerSchemas.NONE;
        }
    }

    /**
     * What the splits of a source hold now; none where a reference leads nowhere, which is reported.
     *
     * @throws OutsideException if the source can't be asked
     */
    public List<SplitRange> extents(SourceDefinition source, Diagnostics diagnostics) {
        if (new UnresolvedReferences(references).report(source.component().node(), diagnostics)) {
            return List.of();
        }
        try (SourceInspector inspector = connectors.source(source.type()).inspect(source, references)) {
            return inspector.extents();
        }
    }

    @Override
    public TableKnowledge table(TableName name) {
        Lake asked = lake;
        return asked == null ? TableKnowledge.NOT_ASKED : TableKnowledge.of(asked.table(name));
    }

    @Override
    public List<Health> look(QuarantineTopicFactory topic) {
        try {
            return topic.look(references);
        } catch (UnresolvedReference toldOfTheSource) {
            return List.of();
        }
    }

    @Override
    public boolean isDetached(TableName name) {
        // Not through the lake's ledger, which would make it.
        return lake().flatMap(asked -> asked.table(ledger))
                .map(found -> found.properties().containsKey(DetachedTable.PROPERTY_PREFIX + name))
                .orElse(false);
    }

    @Override
    public boolean isPaused(TableName name) {
        return lake().filter(asked -> asked.paused(name).isPresent() || asked.isResuming(name))
                .isPresent();
    }

    @Override
    public Optional<Foreseen> foresee(Foresight.Question question) {
        return foresight.flatMap(opened -> opened.of(question));
    }

    @Override
    public Optional<Set<TableName>> tables(String namespace) {
        return lake().map(asked -> asked.tables(namespace));
    }

    /** The opened catalog, for whoever acts on the plan next; empty if it could not be opened. */
    public Optional<Lake> lake() {
        return Optional.ofNullable(lake);
    }

    @Override
    public void close() {
        foresight.ifPresent(Foresight::close);
        if (lake != null) {
            lake.close();
        }
    }
}

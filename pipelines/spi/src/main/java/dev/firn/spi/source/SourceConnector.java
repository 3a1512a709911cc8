package dev.firn.spi.source;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.health.HealthCheck;
import dev.firn.spi.sink.QuarantineTopicFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A source connector, found by {@link java.util.ServiceLoader}; its translator to Flink is a class of its own. */
public interface SourceConnector {

    /** The word behind {@code type:}. */
    String type();

    /** The annotated record that is this connector's part of the grammar. */
    Class<? extends Record> options();

    /** What can be said without the outside: pure, and complete in its complaints. */
    SourceDescription describe(SourceDefinition source, Diagnostics diagnostics);

    /**
     * The streams, in the order of the file, with what is known of their schemas; as pure as {@link #describe}. What is wrong with
     * a known schema is reported; a stream whose schema is not known has none.
     */
    default List<StreamDescription> streams(SourceDefinition source, KnownSchemas known, Diagnostics diagnostics) {
        // Whoever describes a source reports what is wrong with it; this is about schemas.
        return describe(source, new Diagnostics()).streams().stream()
                .map(stream -> new StreamDescription(stream.name(), stream.span(), Optional.empty()))
                .toList();
    }

    /**
     * The newest schemas of the streams in the source's registry, those of values and of keys as far as the file reads them; what is
     * missing or unreachable is reported. None of a source without a registry.
     *
     * @throws dev.firn.definition.reference.UnresolvedReference if something is not there to ask with
     */
    default List<RegisteredSchema> registered(
            SourceDefinition source, ReferenceResolver references, Diagnostics diagnostics) {
        return List.of();
    }

    /**
     * Looks at what the source needs besides its schemas; each takes a connection of its own.
     *
     * @param standstill for how long the pipeline may wait before it goes on, so for how long the outside must keep what it has
     * @throws dev.firn.definition.reference.UnresolvedReference if something is not there to ask with
     */
    default List<HealthCheck> healthChecks(SourceDefinition source, ReferenceResolver references, Duration standstill) {
        return List.of();
    }

    /** A topic where the source's own are, reached as they are; empty where a source has no topics. Asks nobody. */
    default Optional<QuarantineTopicFactory> quarantineTopic(String pipeline, String topic, Record options) {
        return Optional.empty();
    }

    /** A view on the outside for the planner; nothing is changed there. */
    SourceInspector inspect(SourceDefinition source, ReferenceResolver references);
}

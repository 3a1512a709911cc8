package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.spi.source.SchemaPart;
import java.util.Optional;

/** A registry to be asked impatiently, for somebody waits. To be made once: a client has threads, and nothing ends them before it is collected. */
public record OpenRegistry(RegistryOptions options, RegistryServers servers, RegistryClient client) {

    /**
     * Throws {@link dev.firn.definition.reference.UnresolvedReference}, or {@link dev.firn.spi.source.OutsideException} where
     * something else is not there to ask with.
     */
    public static OpenRegistry of(RegistryOptions options, ReferenceResolver references) {
        RegistryServers servers = RegistryServers.of(options.access(), references);
        return new OpenRegistry(options, servers, new RegistryClient(servers, Patience.none()));
    }

    /**
     * The subject of a topic's values; empty if something was reported, here or by {@link SubjectRules}.
     *
     * @param span where the file names the topic
     */
    public Optional<String> subjectOf(String topic, SourceSpan span, Diagnostics diagnostics) {
        return subject(topic, SchemaPart.VALUE, span, diagnostics).in(client);
    }

    TopicSubject subject(String topic, SchemaPart part, SourceSpan span, Diagnostics diagnostics) {
        return new TopicSubject(topic, part, options, servers, span, diagnostics);
    }
}

package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.SubjectVersion;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.Registration;
import dev.firn.spi.source.SchemaPart;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a registry, impatiently: somebody waits. Where the file lacks a subject, {@link SubjectRules} reports it. */
public final class RegistrySchemas implements NewestSchemas {

    private final RegistryOptions options;
    private final SchemaType values;
    private final ReferenceResolver references;
    private final SourceSpan registrySpan;
    private Reachability reachability = Reachability.ASSUMED;
    private @Nullable Registry registry;

    /** Made once: a client has threads, and nothing ends them before it is collected. */
    private record Registry(RegistryServers servers, RegistryClient client) {}

    private enum Reachability {
        ASSUMED,
        /** It was reported; asking for every other topic would only wait for the same answer. */
        REPORTED_AS_UNREACHABLE
    }

    /**
     * @param values the type of the schemas of values; those of keys are Avro
     * @param registrySpan where the file names the registry
     */
    public RegistrySchemas(
            RegistryOptions options, SchemaType values, ReferenceResolver references, SourceSpan registrySpan) {
        this.options = options;
        this.values = values;
        this.references = references;
        this.registrySpan = registrySpan;
    }

    /** Throws {@link dev.firn.definition.reference.UnresolvedReference} if the registry's url holds one. */
    @Override
    public Optional<NewestSchema> of(String topic, SchemaPart part, SourceSpan span, Diagnostics diagnostics) {
        return registered(topic, part, span, diagnostics)
                .map(schema -> new NewestSchema(schema.registration().subject(), schema.definition()));
    }

    /** The same with all that the registry says of it. */
    public Optional<RegisteredSchema> registered(
            String topic, SchemaPart part, SourceSpan span, Diagnostics diagnostics) {
        if (reachability == Reachability.REPORTED_AS_UNREACHABLE) {
            return Optional.empty();
        }
        try {
            Registry asked = registry();
            TopicSubject found = new TopicSubject(topic, part, options, asked.servers(), span, diagnostics);
            return found.in(asked.client())
                    .flatMap(subject -> judged(asked.client().newest(subject), subject, found));
        } catch (OutsideException e) {
            reachability = Reachability.REPORTED_AS_UNREACHABLE;
            diagnostics.report(
                    Diagnostic.error(SchemaCode.REGISTRY_UNREACHABLE, registrySpan, String.valueOf(e.getMessage()))
                            .fixedBy("check the `url` of the `registry` and that it is reachable from here"));
            return Optional.empty();
        }
    }

    private Optional<RegisteredSchema> judged(SubjectVersion version, String subject, TopicSubject found) {
        SchemaType wanted = found.part() == SchemaPart.KEY ? SchemaType.AVRO : values;
        if (version.answer() instanceof RegistryAnswer.Found known && known.type() == wanted) {
            Registration registration = new Registration(
                    options.shown(), subject, version.id(), version.version(), version.type(), version.references());
            return Optional.of(new RegisteredSchema(found.topic(), found.part(), registration, known.schema()));
        }
        if (version.answer() instanceof RegistryAnswer.Found known) {
            found.report(
                    SchemaCode.UNSUPPORTED_SCHEMA_TYPE,
                    "the latest version of subject `" + subject + "` is of type `" + known.type()
                            + "`, and the format reads `" + wanted + "`",
                    wayOut(wanted));
        } else if (version.answer() instanceof RegistryAnswer.Unsupported unsupported) {
            found.report(SchemaCode.UNSUPPORTED_SCHEMA_TYPE, unsupported.why(), wayOut(wanted));
        } else {
            found.missing(subject);
        }
        return Optional.empty();
    }

    private static String wayOut(SchemaType wanted) {
        return switch (wanted) {
            case AVRO -> "register a version that is Avro as a whole";
            case JSON -> "register a version that is a JSON Schema in one piece";
        };
    }

    private Registry registry() {
        if (registry == null) {
            RegistryServers servers = RegistryServers.of(options.access(), references);
            registry = new Registry(servers, new RegistryClient(servers, Patience.none()));
        }
        return registry;
    }
}

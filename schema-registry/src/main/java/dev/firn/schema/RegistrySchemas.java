package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.SubjectVersion;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.source.FoundBefore;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.Registration;
import dev.firn.spi.source.SchemaPart;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry, impatiently: somebody waits. Where it does not answer, a plan may take what was found in it before. Where the
 * file lacks a subject, {@link SubjectRules} reports it.
 */
public final class RegistrySchemas implements NewestSchemas {

    private static final int MOST_SHOWN = 10;

    private final RegistryOptions options;
    private final SchemaType values;
    private final ReferenceResolver references;
    private final SourceSpan registrySpan;
    private final FoundBefore before;
    private final SortedMap<String, Long> taken = new TreeMap<>();
    private @Nullable OutsideException unreachable;
    private boolean isReported;
    private @Nullable OpenRegistry registry;

    /**
     * @param values the type of the schemas of values; those of keys are Avro
     * @param registrySpan where the file names the registry
     */
    public RegistrySchemas(
            RegistryOptions options, SchemaType values, ReferenceResolver references, SourceSpan registrySpan) {
        this(options, values, references, registrySpan, FoundBefore.NOTHING);
    }

    /** @param before what may be taken where the registry does not answer */
    RegistrySchemas(
            RegistryOptions options,
            SchemaType values,
            ReferenceResolver references,
            SourceSpan registrySpan,
            FoundBefore before) {
        this.before = before;
        this.options = options;
        this.values = values;
        this.references = references;
        this.registrySpan = registrySpan;
    }

    /** Throws {@link dev.firn.definition.reference.UnresolvedReference} if the registry's url holds one. */
    @Override
    public Optional<NewestSchema> of(String topic, SchemaPart part, SourceSpan span, Diagnostics diagnostics) {
        try {
            return asked(topic, part, span, diagnostics)
                    .map(schema -> new NewestSchema(schema.registration().subject(), schema.definition()));
        } catch (OutsideException outside) {
            Optional<PlannedSchema> found = foundBefore(topic, part);
            found.ifPresentOrElse(schema -> taken.put(topic, schema.run()), () -> report(outside, diagnostics));
            return found.map(schema -> new NewestSchema(topic, definition(schema, part)));
        }
    }

    /** What the registry says, with all that it says of it. */
    public Optional<RegisteredSchema> registered(
            String topic, SchemaPart part, SourceSpan span, Diagnostics diagnostics) {
        try {
            return asked(topic, part, span, diagnostics);
        } catch (OutsideException outside) {
            report(outside, diagnostics);
            return Optional.empty();
        }
    }

    private Optional<RegisteredSchema> asked(String topic, SchemaPart part, SourceSpan span, Diagnostics diagnostics) {
        if (unreachable != null) {
            // Asking for every other topic would only wait for the same answer.
            throw unreachable;
        }
        try {
            OpenRegistry asked = registry();
            TopicSubject found = asked.subject(topic, part, span, diagnostics);
            return found.in(asked.client())
                    .flatMap(subject -> judged(asked.client().newest(subject), subject, found));
        } catch (OutsideException outside) {
            unreachable = outside;
            throw outside;
        }
    }

    private void report(OutsideException outside, Diagnostics diagnostics) {
        if (!isReported) {
            isReported = true;
            diagnostics.report(Diagnostic.error(
                            SchemaCode.REGISTRY_UNREACHABLE, registrySpan, String.valueOf(outside.getMessage()))
                    .fixedBy("check the `url` of the `registry` and that it is reachable from here"));
        }
    }

    private Optional<PlannedSchema> foundBefore(String topic, SchemaPart part) {
        OpenRegistry asked = registry;
        return asked == null
                ? Optional.empty()
                : before.of(topic)
                        .filter(schema -> schema.origin().equals(asked.servers().origin()))
                        .filter(schema -> !definition(schema, part).isEmpty());
    }

    private static String definition(PlannedSchema schema, SchemaPart part) {
        return switch (part) {
            case VALUE -> schema.value();
            case KEY -> schema.key();
        };
    }

    @Override
    public void reportWhatWasFoundBefore(Diagnostics diagnostics) {
        if (taken.isEmpty() || isReported || unreachable == null) {
            return;
        }
        String shown = taken.entrySet().stream()
                .limit(MOST_SHOWN)
                .map(topic -> "`" + topic.getKey() + "` as run " + topic.getValue() + " found it")
                .collect(Collectors.joining(", "));
        String more = taken.size() > MOST_SHOWN ? " and " + (taken.size() - MOST_SHOWN) + " more" : "";
        diagnostics.report(Diagnostic.warning(
                        SchemaCode.SCHEMA_FROM_LEDGER,
                        registrySpan,
                        unreachable.getMessage() + "; newest schemas are taken from the ledger: " + shown + more)
                .fixedBy("plan again when the registry answers, to see what was registered since"));
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
            case PROTOBUF -> "register a version that is Protobuf";
        };
    }

    private OpenRegistry registry() {
        if (registry == null) {
            registry = OpenRegistry.of(options, references);
        }
        return registry;
    }
}

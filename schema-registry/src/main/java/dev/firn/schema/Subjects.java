package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.Unmappable;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.StreamSchema;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The planner's look at a registry: each topic's newest schema, or what keeps it from being a table. */
public final class Subjects {

    private final FormatOptions format;
    private final ReferenceResolver references;
    private final SourceSpan registrySpan;
    private final Set<String> jsonFields = new HashSet<>();
    private Reachability reachability = Reachability.ASSUMED;
    private @Nullable Registry registry;

    /** Made once: a client has threads, and nothing ends them before it is collected. */
    private record Registry(RegistryServers servers, RegistryClient client) {}

    private enum Reachability {
        ASSUMED,
        /** It was reported; asking for every other topic would only wait for the same answer. */
        REPORTED_AS_UNREACHABLE
    }

    private Subjects(FormatOptions format, ReferenceResolver references, SourceSpan registrySpan) {
        this.format = format;
        this.references = references;
        this.registrySpan = registrySpan;
    }

    /** @param registrySpan where the file names the registry */
    public static Subjects of(FormatOptions format, ReferenceResolver references, SourceSpan registrySpan) {
        return new Subjects(format, references, registrySpan);
    }

    /**
     * The latest version of the topic's subject; empty if something was reported, now or, for a registry that does not
     * answer, with an earlier topic. Where the file lacks a subject, {@link SubjectRules} reports it.
     *
     * @param span where the file names the topic
     * @throws dev.firn.definition.reference.UnresolvedReference if the registry's url holds one
     */
    public Optional<StreamSchema> inspect(String topic, SourceSpan span, Diagnostics diagnostics) {
        return asked(diagnostics, (servers, client) -> {
            TopicSubject found = new TopicSubject(topic, format.registry(), servers, span, diagnostics);
            return found.in(client).flatMap(subject -> new Inspection(subject, span, this::columns, diagnostics)
                    .of(client.latest(subject), () -> found.missing(subject)));
        });
    }

    /**
     * The definition of the latest version of {@code <topic>-key}; empty as for {@link #inspect}.
     *
     * @param span where the file names the topic
     */
    public Optional<String> inspectKey(String topic, SourceSpan span, Diagnostics diagnostics) {
        String subject = topic + "-key";
        return asked(diagnostics, (servers, client) -> {
                    Inspection inspection = new Inspection(subject, span, Subjects::columnsOfKey, diagnostics);
                    return inspection.of(
                            client.latest(subject),
                            () -> inspection.report(
                                    SchemaCode.SUBJECT_NOT_FOUND,
                                    servers.named() + " has no subject `" + subject + "`",
                                    "register the topic's key schema under `" + subject
                                            + "`, or say how keys are encoded that have none: `key: {type: string}`"));
                })
                .map(schema -> schema.definition().value());
    }

    private static AvroColumns columnsOfKey(Schema key) {
        return AvroColumns.of(AvroKey.asRecord(key), AvroRules.STRICT);
    }

    private Optional<StreamSchema> asked(
            Diagnostics diagnostics, BiFunction<RegistryServers, RegistryClient, Optional<StreamSchema>> question) {
        if (reachability == Reachability.REPORTED_AS_UNREACHABLE) {
            return Optional.empty();
        }
        try {
            Registry asked = registry();
            return question.apply(asked.servers(), asked.client());
        } catch (OutsideException e) {
            reachability = Reachability.REPORTED_AS_UNREACHABLE;
            diagnostics.report(
                    Diagnostic.error(SchemaCode.REGISTRY_UNREACHABLE, registrySpan, String.valueOf(e.getMessage()))
                            .fixedBy("check the `url` of the `registry` and that it is reachable from here"));
            return Optional.empty();
        }
    }

    private Registry registry() {
        if (registry == null) {
            RegistryServers servers = RegistryServers.of(format.registry().access(), references);
            registry = new Registry(servers, new RegistryClient(servers, Patience.none()));
        }
        return registry;
    }

    /**
     * Reports every field that the file wants as JSON and none of the topics has; to be asked once all of them were inspected
     * and found.
     *
     * @param span where the file names them
     */
    public void reportStrayJsonFields(SourceSpan span, Diagnostics diagnostics) {
        for (String path : format.rules().jsonFields()) {
            if (!jsonFields.contains(path)) {
                diagnostics.report(Diagnostic.error(
                                SchemaCode.JSON_FIELD_NOT_FOUND,
                                span,
                                "no topic of this source has a field `" + path + "`")
                        .fixedBy(
                                "write its path as `plan` shows it: names with dots between, `[]` for an array's items,"
                                        + " `{}` for a map's values"));
            }
        }
    }

    private AvroColumns columns(Schema schema) {
        AvroColumns columns = AvroColumns.of(schema, format.rules());
        jsonFields.addAll(columns.jsonFields());
        return columns;
    }

    /** One subject's answer, judged. */
    private record Inspection(
            String subject, SourceSpan span, Function<Schema, AvroColumns> mapping, Diagnostics diagnostics) {

        Optional<StreamSchema> of(RegistryAnswer answer, Runnable missing) {
            if (answer instanceof RegistryAnswer.Found found) {
                return parsed(found.schema());
            }
            if (answer instanceof RegistryAnswer.Unsupported unsupported) {
                report(
                        SchemaCode.UNSUPPORTED_SCHEMA_TYPE,
                        unsupported.why(),
                        "register a version that is Avro as a whole");
                return Optional.empty();
            }
            missing.run();
            return Optional.empty();
        }

        private Optional<StreamSchema> parsed(String text) {
            Schema schema;
            try {
                schema = AvroSchemas.parse(text);
            } catch (AvroSchemas.NotAvro e) {
                report(
                        SchemaCode.UNMAPPABLE_SCHEMA,
                        "the schema of `" + subject + "` is not valid Avro: " + e.getMessage(),
                        "register a version that is");
                return Optional.empty();
            }
            AvroColumns columns = mapping.apply(schema);
            for (Unmappable unmappable : columns.unmappable()) {
                report(
                        SchemaCode.UNMAPPABLE_SCHEMA,
                        "in `" + subject + "`, " + unmappable.sentence(),
                        unmappable.wayOut());
            }
            return columns.table().map(table -> new StreamSchema(table, text));
        }

        void report(SchemaCode code, String message, String fix) {
            diagnostics.report(Diagnostic.error(code, span, message).fixedBy(fix));
        }
    }
}

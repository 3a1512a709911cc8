package dev.firn.connector.kafka;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.broker.BrokerHealth;
import dev.firn.connector.kafka.broker.BrokerTopic;
import dev.firn.connector.kafka.broker.KafkaInspector;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.NewestSchemas;
import dev.firn.schema.RegistryRules;
import dev.firn.schema.RegistrySchemas;
import dev.firn.schema.SchemaCode;
import dev.firn.schema.SubjectRules;
import dev.firn.schema.Subjects;
import dev.firn.schema.row.KeyType;
import dev.firn.spi.health.HealthCheck;
import dev.firn.spi.sink.QuarantineTopicFactory;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.SampleRequest;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The connector behind {@code type: kafka}. */
public final class KafkaSourceConnector implements SourceConnector {

    /** The word behind {@code type:}. */
    public static final String TYPE = "kafka";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<? extends Record> options() {
        return KafkaOptions.class;
    }

    @Override
    public SourceDescription describe(SourceDefinition source, Diagnostics diagnostics) {
        Bound<?> component = source.component();
        KafkaOptions options = (KafkaOptions) component.options();
        TopicRules.check(component, options, diagnostics);
        PropertyRules.check(component, options.properties(), diagnostics);
        RegistryRules.check(component, options.format(), options.key(), diagnostics);
        StreamSelection selection = TopicRules.selection(component, options);
        SubjectRules.check(component, options.format(), selection, diagnostics);
        ColumnRules.check(component, options, diagnostics);
        return new SourceDescription(selection.named(), guarantee(options), selection);
    }

    @Override
    public List<StreamDescription> streams(SourceDefinition source, KnownSchemas known, Diagnostics diagnostics) {
        KafkaOptions options = (KafkaOptions) source.component().options();
        Subjects subjects = Subjects.of(options.format(), NewestSchemas.known(known));
        return new TopicSchemas(source, subjects)
                .describe(
                        TopicRules.selection(source.component(), options)
                                .among(known.streams().stream()
                                        .filter(TopicRules::isName)
                                        .toList()),
                        topic -> !TopicRules.isName(topic),
                        diagnostics);
    }

    @Override
    public List<RegisteredSchema> registered(
            SourceDefinition source, ReferenceResolver references, Diagnostics diagnostics) {
        KafkaOptions options = (KafkaOptions) source.component().options();
        List<RegisteredSchema> registered = new ArrayList<>();
        if (options.format().registry().isEmpty()) {
            return registered;
        }
        RegistrySchemas registry = new RegistrySchemas(
                options.format().registry().get(),
                options.format().schemaType(),
                references,
                source.component().span("format", "registry"));
        StreamSelection selection = TopicRules.selection(source.component(), options);
        Set<String> named = selection.named().stream().map(NamedStream::name).collect(Collectors.toSet());
        for (NamedStream stream : names(source, references, diagnostics)) {
            for (SchemaPart part : partsWithSchema(options)) {
                Diagnostics here = new Diagnostics();
                registry.registered(stream.name(), part, stream.span(), here).ifPresent(registered::add);
                here.inOrder()
                        .forEach(found -> diagnostics.report(
                                named.contains(stream.name()) || !found.code().equals(SchemaCode.SUBJECT_NOT_FOUND)
                                        ? found
                                        : Diagnostic.warning(found.code(), found.span(), found.message())
                                                .fixedBy("register it; a start does without the topic until then")));
            }
        }
        return registered;
    }

    @Override
    public SourceInspector inspect(SourceDefinition source, ReferenceResolver references) {
        KafkaOptions options = (KafkaOptions) source.component().options();
        StreamSelection selection = TopicRules.selection(source.component(), options);
        Diagnostics checks = new Diagnostics();
        PropertyRules.check(source.component(), options.properties(), checks);
        // What is known to be wrong is not tried: the broker's answer would only say it twice.
        return checks.hasErrors()
                ? new NotAsked(selection.named())
                : KafkaInspector.open(source, selection, references);
    }

    /** Brokers are asked only where the file does not name all topics. */
    private List<NamedStream> names(SourceDefinition source, ReferenceResolver references, Diagnostics diagnostics) {
        StreamSelection selection = TopicRules.selection(
                source.component(), (KafkaOptions) source.component().options());
        if (!selection.isOpen()) {
            return selection.named();
        }
        try (SourceInspector inspector = inspect(source, references)) {
            return inspector.names(diagnostics);
        }
    }

    @Override
    public List<HealthCheck> healthChecks(SourceDefinition source, ReferenceResolver references, Duration standstill) {
        KafkaOptions options = (KafkaOptions) source.component().options();
        return List.of(BrokerHealth.check(
                source.name(), options, TopicRules.selection(source.component(), options), references, standstill));
    }

    @Override
    public Optional<QuarantineTopicFactory> quarantineTopic(String pipeline, String topic, Record options) {
        return Optional.of(BrokerTopic.of(pipeline, topic, ((KafkaOptions) options).properties()));
    }

    private static Set<SchemaPart> partsWithSchema(KafkaOptions options) {
        Set<SchemaPart> parts = EnumSet.noneOf(SchemaPart.class);
        if (options.format().isFramed()) {
            parts.add(SchemaPart.VALUE);
        }
        options.key().filter(key -> key.type() == KeyType.AVRO).ifPresent(key -> parts.add(SchemaPart.KEY));
        return parts;
    }

    private static String guarantee(KafkaOptions options) {
        String isolation = PropertyRules.isolation(options.properties()).orElse(PropertyRules.READ_COMMITTED);
        String exactness = isolation.equals(PropertyRules.READ_UNCOMMITTED)
                ? "exactly once, aborted records included"
                : "exactly once";
        String gaps = options.lostOffsets() == LostOffsets.CONTINUE ? ", behind what the brokers have deleted" : "";
        String deletes = options.deletes()
                ? "; a record without a value" + (options.format().type().isOfChanges() ? " or a row" : "")
                        + " deletes a row"
                : "";
        return exactness + ", " + isolation + ", from " + options.startup().word() + gaps + deletes;
    }

    /** What is known of a source whose settings are wrong. */
    private record NotAsked(List<NamedStream> named) implements SourceInspector {

        @Override
        public List<StreamDescription> streams(Diagnostics diagnostics) {
            return named.stream()
                    .map(stream -> new StreamDescription(stream.name(), stream.span(), Optional.empty()))
                    .toList();
        }

        @Override
        public List<SplitRange> ranges() {
            throw notAsked();
        }

        @Override
        public List<SplitRange> extents() {
            throw notAsked();
        }

        @Override
        public Sample sample(SampleRequest request) {
            throw notAsked();
        }

        private static OutsideException notAsked() {
            return new OutsideException("the brokers were not asked: the source's `properties` are wrong");
        }

        @Override
        public void close() {}
    }
}

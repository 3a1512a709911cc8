package dev.firn.plan.testing;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.health.Health;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantineTopicFactory;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.SourceConnector;
import dev.firn.spi.source.SourceDescription;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StreamDefinition;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A source whose streams have the schemas of {@link Shop}. */
public final class FakeKafka implements SourceConnector {

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public Class<? extends Record> options() {
        return FakeKafkaOptions.class;
    }

    @Override
    public SourceDescription describe(SourceDefinition source, Diagnostics diagnostics) {
        return new SourceDescription(streams(source), "exactly once, read_committed, from earliest");
    }

    @Override
    public List<StreamDescription> streams(SourceDefinition source, KnownSchemas known, Diagnostics diagnostics) {
        return streams(source).stream()
                .map(stream -> new StreamDescription(
                        stream.name(),
                        stream.span(),
                        known.of(stream.name(), SchemaPart.VALUE).flatMap(schema -> Shop.schema(stream.name())
                                .map(columns -> schema(source, stream, columns, schema.definition())))))
                .toList();
    }

    @Override
    public SourceInspector inspect(SourceDefinition source, ReferenceResolver references) {
        ((FakeKafkaOptions) source.component().options())
                .properties()
                .values()
                .forEach(text -> text.resolve(references));
        return new Inspector(source, streams(source));
    }

    @Override
    public Optional<QuarantineTopicFactory> quarantineTopic(String pipeline, String topic, Record options) {
        return Optional.of(new Topic(
                topic, String.valueOf(((FakeKafkaOptions) options).properties().get("bootstrap.servers"))));
    }

    /** A topic that nobody can open; it can't have a blank in its name. */
    public record Topic(String name, String brokers) implements QuarantineTopicFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public Optional<String> complaint() {
            return name.contains(" ") ? Optional.of("`" + name + "` is not the name of a topic") : Optional.empty();
        }

        @Override
        public List<Health> look(ReferenceResolver references) {
            return List.of();
        }

        @Override
        public QuarantineTopic open(ReferenceResolver references) {
            throw new UnsupportedOperationException();
        }
    }

    private static StreamSchema schema(
            SourceDefinition source, NamedStream stream, TableSchema columns, String definition) {
        boolean deletes =
                ((FakeKafkaOptions) source.component().options()).tombstones().isPresent();
        return new StreamSchema(
                columns, StreamDefinition.ofValue(definition), deletes ? Shop.key(stream.name()) : Optional.empty());
    }

    private static List<NamedStream> streams(SourceDefinition source) {
        List<String> topics = ((FakeKafkaOptions) source.component().options()).topics();
        return IntStream.range(0, topics.size())
                .mapToObj(index ->
                        new NamedStream(topics.get(index), source.component().span("topics", index)))
                .toList();
    }

    private record Inspector(SourceDefinition source, List<NamedStream> named) implements SourceInspector {

        @Override
        public List<StreamDescription> streams(Diagnostics diagnostics) {
            return named.stream()
                    .map(stream -> new StreamDescription(
                            stream.name(),
                            stream.span(),
                            Shop.schema(stream.name())
                                    .map(columns -> schema(source, stream, columns, "as " + stream.name()))))
                    .toList();
        }

        @Override
        public List<SplitRange> ranges() {
            return List.of();
        }

        @Override
        public List<SplitRange> extents() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}

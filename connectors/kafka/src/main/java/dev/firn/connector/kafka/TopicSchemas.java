package dev.firn.connector.kafka;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.schema.Formats;
import dev.firn.schema.Subjects;
import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.RecordKey;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.StreamDefinition;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the schemas of a source's topics make of them: the columns of the value, of the key and of metadata. */
public final class TopicSchemas {

    private final Bound<?> component;
    private final KafkaOptions options;
    private final Subjects subjects;

    public TopicSchemas(SourceDefinition source, Subjects subjects) {
        this.component = source.component();
        this.options = (KafkaOptions) component.options();
        this.subjects = subjects.withFile(component.spanOf("format", "schema-file"));
    }

    /**
     * The streams in the order given.
     *
     * @param absent those that have no schema, because there is no such topic; nobody is asked for one
     */
    public List<StreamDescription> describe(
            List<NamedStream> streams, Predicate<String> absent, Diagnostics diagnostics) {
        List<StreamDescription> described = new ArrayList<>();
        streams.forEach(stream -> described.add(describe(stream, absent, diagnostics)));
        reportAboutAll(described, diagnostics);
        return described;
    }

    /** One of several; {@link #reportAboutAll} is called behind the last. */
    public StreamDescription describe(NamedStream stream, Predicate<String> absent, Diagnostics diagnostics) {
        Optional<StreamSchema> schema = absent.test(stream.name())
                ? Optional.empty()
                : subjects.inspect(stream.name(), stream.span(), diagnostics)
                        .flatMap(value -> withTheRest(value, stream, diagnostics));
        return new StreamDescription(stream.name(), stream.span(), schema);
    }

    /** Reports what is known only when all topics were looked at. */
    public void reportAboutAll(List<StreamDescription> described, Diagnostics diagnostics) {
        subjects.reportWhatWasFoundBefore(diagnostics);
        if (described.stream().allMatch(stream -> stream.schema().isPresent())) {
            subjects.reportStrayJsonFields(component.span("format", "json-fields"), diagnostics);
        }
    }

    /** Behind the columns of the value those of the key and of metadata; empty if something was reported. */
    private Optional<StreamSchema> withTheRest(StreamSchema value, NamedStream stream, Diagnostics diagnostics) {
        List<ColumnRules.Beside> others = new ArrayList<>();
        Optional<String> key = Optional.empty();
        if (options.key().isPresent() && options.key().get().type() == KeyType.AVRO) {
            key = subjects.inspectKey(stream.name(), stream.span(), diagnostics);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            KeyOptions said = options.key().get();
            if (said.hasColumns()) {
                others.addAll(ColumnRules.ofKey(
                        component,
                        AvroKey.fields(Formats.keySchema(options.format(), key.get()), said.prefix(), said.column())));
            }
        }
        Optional<String> schemaOfKey = key.map(definition -> Formats.keySchema(options.format(), definition));
        Optional<RecordKey> deletes = options.key()
                .filter(said -> options.deletes())
                .map(said -> Formats.recordKey(options.format(), said, schemaOfKey));
        others.addAll(ColumnRules.said(component, options));
        StreamDefinition definition = new StreamDefinition(value.definition().value(), key);
        return ColumnRules.joined(value.columns().columns(), others, stream.name(), diagnostics)
                .map(columns -> new StreamSchema(new TableSchema(columns), definition, deletes));
    }
}

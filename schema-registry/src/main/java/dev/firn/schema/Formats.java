package dev.firn.schema;

import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.ConfluentAvroFormat;
import dev.firn.schema.avro.ConfluentAvroKeys;
import dev.firn.schema.json.AvroJsonFormat;
import dev.firn.schema.json.JsonFormat;
import dev.firn.schema.protobuf.ProtobufFormat;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.row.KeyFormat;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.schema.Column;
import dev.firn.spi.source.RecordKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** From the option to the format that travels in the job. */
public final class Formats {

    private Formats() {}

    /**
     * @param shelf where the readers of the format find what the gate has waited for
     * @param schemas the definition of each stream's newest schema, by the stream's name, as {@link Subjects} found it
     */
    public static RecordFormat of(FormatOptions options, ShelfName shelf, Map<String, String> schemas) {
        return switch (options.type()) {
            case AVRO -> avro(options, shelf, schemas);
            case JSON -> options.isFramed()
                    ? JsonFormat.framed(source(options, shelf), options.jsonRules())
                    : JsonFormat.plain(schemas, options.jsonRules());
            case PROTOBUF -> new ProtobufFormat(source(options, shelf), options.rules());
            case RAW -> options.raw();
            case DEBEZIUM_AVRO -> ConfluentAvroFormat.ofChanges(source(options, shelf), schemas, options.rules());
            case DEBEZIUM_JSON -> throw options.type().notBuilt();
        };
    }

    private static RecordFormat avro(FormatOptions options, ShelfName shelf, Map<String, String> schemas) {
        if (options.encoding() == AvroEncoding.BINARY) {
            return new ConfluentAvroFormat(source(options, shelf), schemas, options.rules());
        }
        return options.isFramed()
                ? AvroJsonFormat.framed(source(options, shelf), schemas, options.rules())
                : AvroJsonFormat.plain(schemas, options.rules());
    }

    /** The gate in front of the readers, where a record without a value deletes nothing. */
    public static SchemaGate.Opening gate(FormatOptions options, Optional<KeyOptions> key, ShelfName shelf) {
        return gate(options, key, false, shelf);
    }

    /**
     * The gate in front of the readers.
     *
     * @param deletes whether the keys of records that delete rows are read
     */
    public static SchemaGate.Opening gate(
            FormatOptions options, Optional<KeyOptions> key, boolean deletes, ShelfName shelf) {
        boolean framedKey = key.filter(said -> said.type() == KeyType.AVRO).isPresent();
        boolean columns = key.filter(KeyOptions::hasColumns).isPresent();
        ConfluentGate.Looks looks = new ConfluentGate.Looks(
                options.isFramed(), framedKey && (columns || options.type().isOfChanges()), framedKey && deletes);
        if (!looks.atAnything()) {
            return SchemaGate.Opening.NONE;
        }
        SchemaSource source = source(options, shelf);
        return references -> new ConfluentGate(source.lease(references), looks);
    }

    /**
     * How keys are read.
     *
     * @param definitions of each stream's newest key schema, by the stream's name; of Avro keys alone
     */
    public static KeyFormat key(
            FormatOptions options, KeyOptions key, ShelfName shelf, Map<String, String> definitions) {
        return key(
                options, key, shelf, definitions, definition -> AvroKey.fields(definition, key.prefix(), key.column()));
    }

    /** A key's schema as it becomes columns, which is more than Avro says where Debezium has written it. */
    public static String keySchema(FormatOptions options, String definition) {
        return options.type().isOfChanges() ? AvroKey.typed(definition) : definition;
    }

    /**
     * How the keys of records that delete rows are read: by the names of the key's own columns, or, where it has none, by those of its
     * fields, which columns of the value have as well.
     *
     * @param definitions of each stream's newest key schema, by the stream's name; of Avro keys alone
     */
    public static KeyFormat deletes(
            FormatOptions options, KeyOptions key, ShelfName shelf, Map<String, String> definitions) {
        Map<String, String> newest = new HashMap<>(definitions);
        if (!key.hasColumns()) {
            // What stands in for a field that an old key lacks is in no row: a value says it, or does not.
            newest.replaceAll((stream, definition) -> AvroKey.withoutDefaults(definition));
        }
        return key(options, key, shelf, newest, definition -> byName(definition, key));
    }

    private static Map<String, Column> byName(String definition, KeyOptions key) {
        return AvroKey.fields(definition, key.hasColumns() ? key.prefix() : "", key.column());
    }

    /**
     * What the keys of records are made of that delete rows.
     *
     * @param definition of the newest key schema; empty where keys have none
     */
    public static RecordKey recordKey(FormatOptions options, KeyOptions key, Optional<String> definition) {
        return new RecordKey(
                fields(key, definition),
                options.type().isOfChanges() ? RecordKey.Deletes.CHANGES : RecordKey.Deletes.WITHOUT_A_VALUE);
    }

    private static List<RecordKey.Field> fields(KeyOptions key, Optional<String> definition) {
        if (definition.isPresent() && AvroKey.isRecord(definition.get())) {
            List<RecordKey.Field> fields = new ArrayList<>();
            byName(definition.get(), key)
                    .forEach((name, field) -> fields.add(new RecordKey.Field(field, Optional.of(name))));
            return fields;
        }
        Column single = definition
                .map(schema -> byName(schema, key).values().iterator().next())
                .orElseGet(() -> new KeyFormat.Single(key.type(), key.column()).optional());
        return List.of(new RecordKey.Field(single, Optional.empty()));
    }

    private static KeyFormat key(
            FormatOptions options,
            KeyOptions key,
            ShelfName shelf,
            Map<String, String> definitions,
            Function<String, Map<String, Column>> fields) {
        if (key.type() != KeyType.AVRO) {
            return new KeyFormat.Single(key.type(), key.column());
        }
        Map<String, Map<String, Column>> ofStreams = new HashMap<>();
        definitions.forEach(
                (stream, definition) -> ofStreams.put(stream, fields.apply(keySchema(options, definition))));
        SchemaSource source = source(options, shelf);
        return new KeyFormat.Framed(
                new ConfluentAvroKeys(
                        options.type().isOfChanges()
                                ? ConfluentAvroFormat.ofChanges(source, definitions, AvroRules.STRICT)
                                : new ConfluentAvroFormat(source, definitions, AvroRules.STRICT)),
                ofStreams);
    }

    private static SchemaSource source(FormatOptions options, ShelfName shelf) {
        RegistryOptions registry = options.registryInUse();
        return new SchemaSource(
                registry.access(), registry.subjectNames(), registry.onOutage().policy(), shelf);
    }
}

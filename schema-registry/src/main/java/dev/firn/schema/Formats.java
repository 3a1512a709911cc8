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
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.schema.Column;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
            case DEBEZIUM_AVRO, DEBEZIUM_JSON -> throw options.type().notBuilt();
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

    /** The gate in front of the readers. */
    public static SchemaGate.Opening gate(FormatOptions options, Optional<KeyOptions> key, ShelfName shelf) {
        boolean framedKey = key.filter(said -> said.type() == KeyType.AVRO).isPresent();
        FramedParts parts = FramedParts.of(framedKey, options.isFramed());
        if (parts == FramedParts.NONE) {
            return SchemaGate.Opening.NONE;
        }
        SchemaSource source = source(options, shelf);
        return references -> new ConfluentGate(source.lease(references), parts);
    }

    /**
     * How keys are read.
     *
     * @param definitions of each stream's newest key schema, by the stream's name; of Avro keys alone
     */
    public static KeyFormat key(
            FormatOptions options, KeyOptions key, ShelfName shelf, Map<String, String> definitions) {
        if (key.type() != KeyType.AVRO) {
            return new KeyFormat.Single(key.type(), key.column());
        }
        Map<String, Map<String, Column>> fields = new HashMap<>();
        definitions.forEach(
                (stream, definition) -> fields.put(stream, AvroKey.fields(definition, key.prefix(), key.column())));
        return new KeyFormat.Framed(
                new ConfluentAvroKeys(new ConfluentAvroFormat(source(options, shelf), definitions, AvroRules.STRICT)),
                fields);
    }

    private static SchemaSource source(FormatOptions options, ShelfName shelf) {
        RegistryOptions registry = options.registryInUse();
        return new SchemaSource(
                registry.access(), registry.subjectNames(), registry.onOutage().policy(), shelf);
    }
}

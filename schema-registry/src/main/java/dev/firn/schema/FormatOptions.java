package dev.firn.schema;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.OfType;
import dev.firn.definition.bind.Required;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.json.JsonRules;
import dev.firn.schema.json.UnknownFields;
import dev.firn.schema.raw.RawFormat;
import dev.firn.schema.registry.SchemaType;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The {@code format:} of a source. */
@Component(kind = "format", name = "format", summary = "What the bytes of a record mean.")
public record FormatOptions(
        @Required
                @Doc(
                        "How the value is encoded; `avro` is Avro in the Confluent frame, `json` a JSON object in that frame or plain, `protobuf` a message in that frame; `debezium-avro` and `debezium-json` are changes of rows in Debezium's envelope, and `raw` takes the bytes as they are for one column.")
                @Example("avro")
                FormatType type,
        @OfType(
                        value = {"avro", "debezium-avro", "json", "debezium-json", "protobuf", "raw"},
                        required = {"debezium-avro", "protobuf"})
                @AlsoKnownAs({"schema-registry", "schema-registry-url", "registry-url"})
                @Doc(
                        "The schema registry that knows the writers' schemas; with `raw`, or a `schema-file`, for a `key` of `type: avro` alone.")
                @Example("{url: \"${env:REGISTRY}\"}")
                Optional<RegistryOptions> registry,
        @OfType("avro")
                @Default("binary")
                @Doc("How Avro is written: `binary`, or as Avro's own `json`, in the frame or plain.")
                @Example("json")
                AvroEncoding encoding,
        @OfType({"avro", "json"})
                @Doc(
                        "A file with the schema of plain values, beside the pipeline file or by its path from there: a JSON Schema, or with `encoding: json` the Avro schema that they are written with. Without it the values are framed, and the `registry` knows their schemas.")
                @Example("orders.schema.json")
                Optional<String> schemaFile,
        @OfType("json")
                @Default("ignore")
                @Doc(
                        "What happens to a field that a record has and its schema does not name: it is in no column, or the record goes to quarantine. Where the schema forbids other fields, it does so in any case.")
                @Example("quarantine")
                UnknownFields unknownFields,
        @OfType({"avro", "debezium-avro", "json", "debezium-json", "protobuf"})
                @Default("refuse")
                @Doc(
                        "What happens to a timestamp in nanoseconds, which a table keeps in microseconds: the plan, or for JSON and Protobuf the record, is refused, or what is below a microsecond is cut off, towards the past.")
                @Example("truncate")
                Nanoseconds nanoseconds,
        @OfType({"avro", "debezium-avro", "json", "debezium-json", "protobuf"})
                @Doc(
                        "Fields that become a `string` with their value as JSON, whatever it is: for types that no column has, such as a record that contains itself. Named by their path as complaints show it: names with dots between, `[]` for an array's items, `{}` for a map's values.")
                @Example("[tree.children, \"lines[].extra\"]")
                Optional<List<String>> jsonFields,
        @OfType("raw") @Default("value") @Doc("The column of the value.") @Example("body") String column,
        @OfType("raw")
                @Default("binary")
                @Doc("What that column is; a value that is no UTF-8 is none for a `string`, and goes to quarantine.")
                @Example("string")
                RawFormat.Type columnType) {

    private static final String COLUMN = "value";

    public FormatOptions {
        if (column.isBlank()) {
            throw new IllegalArgumentException("`column` names no column");
        }
    }

    /** Avro, and nothing said of how it becomes columns. */
    public static FormatOptions avro(RegistryOptions registry) {
        return avro(registry, Nanoseconds.REFUSE, Optional.empty());
    }

    /** Avro, and what is said of how it becomes columns. */
    public static FormatOptions avro(
            RegistryOptions registry, Nanoseconds nanoseconds, Optional<List<String>> jsonFields) {
        return new FormatOptions(
                FormatType.AVRO,
                Optional.of(registry),
                AvroEncoding.BINARY,
                Optional.empty(),
                UnknownFields.IGNORE,
                nanoseconds,
                jsonFields,
                COLUMN,
                RawFormat.Type.BINARY);
    }

    /** The registry, where there is no doing without. */
    public RegistryOptions registryInUse() {
        return registry.orElseThrow(() -> new IllegalStateException("our bug: no rule has asked for the registry"));
    }

    /** Values as they are. */
    public RawFormat raw() {
        return new RawFormat(column, columnType);
    }

    /** How schemas of Avro become columns, and those of Protobuf, which become Avro first. */
    public AvroRules rules() {
        return new AvroRules(nanoseconds, jsonPaths());
    }

    /** How JSON Schemas do. */
    public JsonRules jsonRules() {
        return new JsonRules(nanoseconds, jsonPaths(), unknownFields);
    }

    SortedSet<String> jsonPaths() {
        return new TreeSet<>(jsonFields.orElse(List.of()));
    }

    /** The type of the schemas that values name. */
    public SchemaType schemaType() {
        return switch (type) {
            case AVRO, DEBEZIUM_AVRO, RAW -> SchemaType.AVRO;
            case JSON, DEBEZIUM_JSON -> SchemaType.JSON;
            case PROTOBUF -> SchemaType.PROTOBUF;
        };
    }

    /** Whether each value names its schema. */
    public boolean isFramed() {
        return switch (type) {
            case PROTOBUF, DEBEZIUM_AVRO -> true;
            case AVRO -> encoding == AvroEncoding.BINARY || schemaFile.isEmpty();
            case JSON -> schemaFile.isEmpty();
            case DEBEZIUM_JSON -> registry.isPresent();
            case RAW -> false;
        };
    }
}

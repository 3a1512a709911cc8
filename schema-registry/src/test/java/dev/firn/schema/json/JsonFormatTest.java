package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.quoted;
import static dev.firn.schema.json.JsonRecords.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.SchemaGate;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonFormatTest {

    private static final ShelfName SHELF = new ShelfName("shop", 1, "json");
    private static final String SCHEMA = schema("'id': {'type': 'integer'}, 'name': {'type': 'string'}");
    private static final TableSchema TABLE =
            new TableSchema(List.of(Column.optional("id", Primitive.LONG), Column.optional("name", Primitive.STRING)));

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void readsEachRecordWithTheSchemaThatItNames() throws Rejected {
        registry.answer("/schemas/ids/7", 200, answer("JSON", SCHEMA));
        registry.answer("/schemas/ids/8", 200, answer("JSON", schema("'id': {'type': 'integer'}")));
        try (FormatReader reader = framed()) {
            RawRecord record = framed("{'id': 1, 'name': 'x'}");
            assertThat(reader.schemaId(record)).isEqualTo(7);
            assertThat(reader.stream("any")).isSameAs(reader);
            assertThat(reader.decoder(7, TABLE, Row.FACTORY).decode(record)).isEqualTo(Row.of("id", 1L, "name", "x"));
            assertThat(reader.decoder(8, TABLE, Row.FACTORY).decode(record))
                    .as("of a schema without `name`")
                    .isEqualTo(Row.of("id", 1L, "name", null));
            assertThat(reader.column(7, "name").read(record)).isEqualTo("x");
            assertThat(reader.column(8, "name").read(record)).isNull();
            assertThat(reader.projection(
                                    7, new TableSchema(List.of(Column.required("name", Primitive.STRING))), Row.FACTORY)
                            .decode(record))
                    .isEqualTo(Row.of("name", "x"));
        }
        assertThat(registry.requests()).containsExactly("/schemas/ids/7", "/schemas/ids/8");
    }

    @Test
    void refusesSchemasOfOtherTypesAndWhatIsNoSchema() {
        registry.answer("/schemas/ids/1", 200, "{'schema': '\\\"string\\\"'}");
        registry.answer("/schemas/ids/2", 200, answer("XML", "syntax"));
        registry.answer("/schemas/ids/3", 200, answer("JSON", "[]"));
        registry.answer("/schemas/ids/4", 200, answer("JSON", schema("'a': {}")));
        registry.answer(
                "/schemas/ids/5",
                200,
                "{'schema': '{}', 'schemaType': 'JSON', 'references': [{'name': 'a', 'subject': 'b', 'version': 1}]}");

        assertRefused(1, "schema id `1` is of type `AVRO`, and the format reads `JSON`");
        assertRefused(2, "schema id 2 is of type `XML`, and only AVRO, JSON, PROTOBUF are read");
        assertRefused(3, "schema id `3` is no JSON Schema: it is no object");
        assertRefused(4, "`a`: anything can stand here, which has no type");
        assertRefused(5, "schema id 5 refers to other schemas, which are not put together for JSON");
    }

    private void assertRefused(int id, String why) {
        try (FormatReader reader = framed()) {
            Rejected rejected = catchThrowableOfType(Rejected.class, () -> reader.decoder(id, TABLE, Row.FACTORY));
            assertThat(rejected.reason()).isEqualTo(why);
            assertThat(rejected.code()).isEqualTo(RejectCode.UNMAPPABLE_SCHEMA);
        }
    }

    /** What a state keeps says which type a schema is of: a text can be a schema of both. */
    @Test
    void whatAStateKeepsIsReadBackWithoutTheRegistry() throws Rejected {
        String ambiguous = "{\"type\": \"string\"}";
        for (SchemaType type : SchemaType.values()) {
            RegistryAnswer.Found found = new RegistryAnswer.Found(ambiguous, type);
            assertThat(RegistryAnswer.Found.kept(found.definition())).isEqualTo(found);
        }
        assertThat(new RegistryAnswer.Found(ambiguous).definition())
                .as("as states have it that are there")
                .isEqualTo(ambiguous);
        registry.answer("/schemas/ids/7", 200, answer("JSON", SCHEMA));
        String kept;
        try (FormatReader reader = framed();
                SchemaMemory memory =
                        format("{type: json, registry: {url: URL}}").memory(raw -> raw)) {
            reader.decoder(7, TABLE, Row.FACTORY);
            kept = memory.definition(7).orElseThrow();
        }
        registry.close();

        try (SchemaMemory memory = format("{type: json, registry: {url: URL}}").memory(raw -> raw);
                FormatReader reader = framed()) {
            memory.learn(7, kept);
            assertThat(reader.decoder(7, TABLE, Row.FACTORY).decode(framed("{'id': 1}")))
                    .isEqualTo(Row.of("id", 1L, "name", null));
        }
    }

    @Test
    void readsPlainJsonWithTheSchemaOfItsStream() throws Rejected {
        RawRecord record = JsonRecords.record("{'id': 1, 'name': 'x'}");
        Map<String, String> schemas = Map.of("a", SCHEMA, "b", SCHEMA, "c", schema("'id': {'type': 'integer'}"));
        try (FormatReader reader = Formats.of(options("{type: json, schema-file: s.json}"), SHELF, schemas)
                .open(raw -> raw)) {
            FormatReader a = reader.stream("a");
            assertThat(reader.stream("b")).as("read alike").isSameAs(a);
            int id = a.schemaId(record);
            assertThat(id).isEqualTo(RawRecord.NO_SCHEMA_ID);
            assertThat(a.decoder(id, TABLE, Row.FACTORY).decode(record)).isEqualTo(Row.of("id", 1L, "name", "x"));
            assertThat(a.column(id, "name").read(record)).isEqualTo("x");
            assertThat(reader.stream("c").column(id, "name").read(record)).isNull();
        }
    }

    @Test
    void waitsForSchemasThatValuesNameAndForNoOthers() {
        byte[] value = framed("{}").value();
        registry.neverAnswer("/schemas/ids/7");
        try (SchemaGate framed = Formats.gate(options("{type: json, registry: {url: URL}}"), Optional.empty(), SHELF)
                        .open(raw -> raw);
                SchemaGate plain = Formats.gate(options("{type: json, schema-file: s}"), Optional.empty(), SHELF)
                        .open(raw -> raw)) {
            assertThat(framed.missing(null, value)).hasValue(7);
            assertThat(plain.missing(null, value)).isEmpty();
        }
    }

    private FormatReader framed() {
        return format("{type: json, registry: {url: URL}}").open(raw -> raw);
    }

    private RecordFormat format(String yaml) {
        return Formats.of(options(yaml), SHELF, Map.of());
    }

    private FormatOptions options(String yaml) {
        Node.Mapping node = (Node.Mapping) YamlReader.read("f.yaml", yaml.replace("URL", registry.url()))
                .value()
                .orElseThrow();
        return Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
    }

    private static RawRecord framed(String json) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(new byte[] {0, 0, 0, 0, 7});
        value.writeBytes(quoted(json).getBytes(StandardCharsets.UTF_8));
        return AvroBytes.raw(value.toByteArray());
    }

    private static String answer(String type, String schema) {
        try {
            return new ObjectMapper().writeValueAsString(Map.of("schema", schema, "schemaType", type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

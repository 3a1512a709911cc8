package dev.firn.schema;

import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.FakeSubject;
import dev.firn.schema.testing.Row;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each format says of a schema's other versions, and how it leaves fields out of rows. */
class FormatLineageTest {

    private static final Schema FIRST = record("a 'string'");
    private static final Schema SECOND = record("b 'string', 'aliases': ['a']");
    private static final Schema THIRD = record("b 'string', 'aliases': ['a']", "a ['null', 'string']");
    private static final String ITSELF = record("a 'string'", "r ['null', 'R']").toString();
    private static final String PROTO = "syntax = \"proto3\"; ";
    private static final WriterView ID = new WriterView(
            new TableSchema(List.of(Column.optional("id", Primitive.LONG))), Set.of("name", "inner", "inner.x"));

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aSchemaOfAvroStandsAmongTheVersionsThatCanBeColumns() throws Rejected {
        new FakeSubject(registry, "orders-value")
                .version(11, "AVRO", FIRST.toString())
                .version(12, "AVRO", ITSELF)
                .version(13, "JSON", FIRST.toString())
                .version(14, "AVRO", "no schema")
                .version(15, "AVRO", SECOND.toString())
                .version(16, "THRIFT", "struct R {}")
                .version(17, "AVRO", THIRD.toString());

        for (String encoding : List.of("binary", "json")) {
            SchemaLineage lineage = lineage("type: avro, encoding: " + encoding, 15);

            assertThat(lineage.versions().stream().map(WriterSchema::columns))
                    .containsExactly(table(FIRST), table(SECOND), table(THIRD));
            assertThat(lineage.own()).isEqualTo(1);
            assertThat(lineage.schema().formerNames()).isEqualTo(Map.of("b", List.of("a")));
        }
    }

    @Test
    void itsSubjectIsThatOfItsTopic() throws Rejected {
        new FakeSubject(registry, "all-value")
                .version(11, "AVRO", FIRST.toString())
                .version(12, "AVRO", SECOND.toString())
                .version(13, "AVRO", THIRD.toString());
        new FakeSubject(registry, "orders-value").version(13, "AVRO", THIRD.toString());
        registry.forget("/schemas/ids/13/versions")
                .answer(
                        "/schemas/ids/13/versions",
                        200,
                        "[{'subject': 'all-value', 'version': 3}, {'subject': 'orders-value', 'version': 1}]");
        Map<String, String> newest = Map.of("orders", THIRD.toString());

        for (String encoding : List.of("binary", "json")) {
            try (FormatReader reader = open("type: avro, encoding: " + encoding, newest)) {
                assertThat(reader.stream("orders").lineages(13, "orders").get(0).versions())
                        .as("of its topic")
                        .hasSize(1);
                assertThat(reader.stream("other").lineages(13, "other").get(0).versions())
                        .as("of a topic that is not known")
                        .hasSize(3);
            }
        }
    }

    @Test
    void itsSubjectIsWhatTheFileSaysOfNames() throws Rejected {
        Map<String, String> newest = Map.of("orders", FIRST.toString());
        Map<String, String> subjects = Map.of(
                "", "orders-value",
                ", subject-naming: record-name", "R",
                ", subject-naming: topic-record-name", "orders-R",
                ", subjects: {orders: s}", "s",
                ", subject-naming: record-name, subjects: {orders: t}", "R",
                ", subject-naming: topic-record-name, subjects: {orders: t}", "t",
                ", subject-naming: topic-record-name, subjects: {orders: u}", "orders-R");
        new FakeSubject(registry, "none").version(12, "AVRO", SECOND.toString()).version(13, "AVRO", FIRST.toString());
        for (Map.Entry<String, String> naming : subjects.entrySet()) {
            String subject = naming.getValue();
            registry.forget("/schemas/ids/13/versions")
                    .answer(
                            "/schemas/ids/13/versions",
                            200,
                            "[{'subject': 'none', 'version': 2}, {'subject': '" + subject + "', 'version': 1}]");
            registry.answer("/subjects/" + subject + "/versions", 200, "[1]");

            try (FormatReader reader = open("type: avro", newest, naming.getKey())) {
                assertThat(reader.stream("orders").lineages(13, "orders").get(0).versions())
                        .as(naming.getKey())
                        .hasSize(1);
            }
        }
    }

    @Test
    void whatCanNotBeColumnsIsRefusedBeforeAnybodyIsAskedForItsSubject() {
        new FakeSubject(registry, "orders-value").version(12, "AVRO", ITSELF);

        Rejected rejected =
                Objects.requireNonNull(catchThrowableOfType(Rejected.class, () -> lineage("type: avro", 12)));

        assertThat(rejected.code()).isEqualTo(RejectCode.UNMAPPABLE_SCHEMA);
        assertThat(registry.requests()).containsExactly("/schemas/ids/12");
    }

    @Test
    void fieldsThatTheFileWantsAsJsonAreSoInEveryVersion() throws Rejected {
        new FakeSubject(registry, "orders-value").version(11, "AVRO", ITSELF).version(12, "AVRO", FIRST.toString());

        assertThat(lineage("type: avro, json-fields: [r]", 12).versions().get(0).columns())
                .isEqualTo(new TableSchema(
                        List.of(Column.required("a", Primitive.STRING), Column.optional("r", Primitive.STRING))));
    }

    @Test
    void versionsOfJsonAreFollowedByNamesAlone() throws Rejected {
        String id = "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"}%s}}";
        new FakeSubject(registry, "orders-value")
                .version(11, "JSON", id.formatted(""))
                .version(12, "JSON", "{\"type\": \"string\"}")
                .version(13, "JSON", id.formatted(", \"name\": {\"type\": \"string\"}"));

        SchemaLineage lineage = lineage("type: json", 13);

        Column column = Column.optional("id", Primitive.LONG);
        assertThat(lineage.versions().stream().map(WriterSchema::columns))
                .containsExactly(
                        new TableSchema(List.of(column)),
                        new TableSchema(List.of(column, Column.optional("name", Primitive.STRING))));
        assertThat(lineage.own()).isEqualTo(1);
        assertThat(lineage.schema().formerNames()).isEmpty();
    }

    @Test
    void versionsOfProtobufAreTheirFirstMessages() throws Rejected {
        new FakeSubject(registry, "orders-value")
                .version(11, "PROTOBUF", PROTO + "message R { int64 id = 1; }")
                .version(12, "PROTOBUF", "message {")
                .version(
                        13,
                        "PROTOBUF",
                        PROTO + "message R { C c = 1; } enum C { RED = 0; BLUE = 1; } message Other {}");

        SchemaLineage lineage = lineage("type: protobuf", 13);

        assertThat(lineage.versions().stream().map(WriterSchema::columns))
                .containsExactly(
                        new TableSchema(List.of(Column.optional("id", Primitive.LONG))),
                        new TableSchema(List.of(Column.optional("c", Primitive.STRING))));
        assertThat(lineage.own()).isEqualTo(1);
        assertThat(lineage.schema().symbols()).isEqualTo(Map.of("c", List.of("RED", "BLUE")));
    }

    @Test
    void everyFramedFormatLeavesFieldsOut() throws Rejected {
        Schema avro = record(
                "name 'string'",
                "id 'long'",
                "inner {'type': 'record', 'name': 'I', 'fields': [{'name': 'x', 'type': 'int'}]}");
        GenericData.Record inner = new GenericData.Record(avro.getField("inner").schema());
        inner.put("x", 1);
        byte[] binary = AvroBytes.encode(
                avro,
                new GenericRecordBuilder(avro)
                        .set("name", "x")
                        .set("id", 5L)
                        .set("inner", inner)
                        .build());
        new FakeSubject(registry, "avro").version(7, "AVRO", avro.toString());
        assertLeavesOut("type: avro", AvroBytes.raw(binary));
        byte[] json = framed("{\"name\": \"x\", \"id\": 5, \"inner\": {\"x\": 1}}");
        assertLeavesOut("type: avro, encoding: json", AvroBytes.raw(json));

        registry.forget("/schemas/ids/7");
        new FakeSubject(registry, "json")
                .version(
                        7,
                        "JSON",
                        "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"}, \"name\": {\"type\":"
                                + " \"string\"}, \"inner\": {\"type\": \"object\", \"properties\": {\"x\": {\"type\":"
                                + " \"integer\"}}}}}");
        assertLeavesOut("type: json", AvroBytes.raw(json));

        registry.forget("/schemas/ids/7");
        new FakeSubject(registry, "protobuf")
                .version(
                        7,
                        "PROTOBUF",
                        PROTO + "message R { int64 id = 1; string name = 2; I inner = 3; message I { int32 x = 1; } }");
        assertLeavesOut("type: protobuf", AvroBytes.raw(AvroBytes.framed(0, 0x08, 5, 0x12, 1, 'x', 0x1a, 2, 0x08, 1)));
    }

    private void assertLeavesOut(String format, RawRecord record) throws Rejected {
        try (FormatReader reader = open(format, Map.of())) {
            assertThat(reader.decoder(7, ID, Row.FACTORY).decode(record))
                    .as(format)
                    .isEqualTo(Row.of("id", 5L));
            assertThat(reader.projection(7, ID, Row.FACTORY).decode(record))
                    .as(format)
                    .isEqualTo(Row.of("id", 5L));
            WriterView noName = new WriterView(ID.columns(), Set.of("inner", "inner.x"));
            assertThat(catchThrowableOfType(Rejected.class, () -> reader.decoder(7, noName, Row.FACTORY)
                                    .decode(record))
                            .reason())
                    .as(format)
                    .isEqualTo("the table has no column for `name` (string)");
        }
    }

    @Test
    void recordsThatNameNoSchemaHaveThatOfTheirFileAlone() throws Rejected {
        String schema = "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"}, \"name\":"
                + " {\"type\": \"string\"}}}";
        RawRecord record = AvroBytes.raw("{\"id\": 5, \"name\": \"x\"}".getBytes(StandardCharsets.UTF_8));
        FormatOptions options = options("{type: json, schema-file: s.json}");
        try (FormatReader reader =
                Formats.of(options, shelf(), Map.of("orders", schema)).open(raw -> raw).stream("orders")) {
            assertThat(reader.lineages(RawRecord.NO_SCHEMA_ID, "orders"))
                    .containsExactly(SchemaLineage.of(
                            reader.written(RawRecord.NO_SCHEMA_ID).orElseThrow()));
            assertThat(reader.decoder(RawRecord.NO_SCHEMA_ID, ID, Row.FACTORY).decode(record))
                    .isEqualTo(Row.of("id", 5L));
        }
    }

    private SchemaLineage lineage(String format, int id) throws Rejected {
        try (FormatReader reader = open(format, Map.of())) {
            return reader.lineages(id, "orders").get(0);
        }
    }

    private FormatReader open(String format, Map<String, String> schemas) {
        return open(format, schemas, "");
    }

    private FormatReader open(String format, Map<String, String> schemas, String registryOptions) {
        String yaml = "{" + format + ", registry: {url: \"" + registry.url() + "\"" + registryOptions + "}}";
        return Formats.of(options(yaml), shelf(), schemas).open(raw -> raw);
    }

    private ShelfName shelf() {
        return new ShelfName("lineage", 1, registry.url());
    }

    private static FormatOptions options(String yaml) {
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("f.yaml", yaml).value().orElseThrow();
        return Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
    }

    private static byte[] framed(String json) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(new byte[] {0, 0, 0, 0, 7});
        value.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        return value.toByteArray();
    }
}

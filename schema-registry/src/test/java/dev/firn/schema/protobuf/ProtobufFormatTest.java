package dev.firn.schema.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.SchemaCode;
import dev.firn.schema.Subjects;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.ColumnType.Struct;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProtobufFormatTest {

    private static final ShelfName SHELF = new ShelfName("shop", 1, "protobuf");
    private static final SourceSpan SPAN = new SourceSpan("f.yaml", 1, 1, 1);
    private static final String CURRENCY = "syntax = \"proto3\"; package common; enum Currency { EUR = 0; }";
    private static final String MONEY =
            """
            syntax = "proto3";
            package common;
            import "common/currency.proto";
            message Money { sint64 cents = 1; Currency currency = 2; }
            """;
    private static final String ORDER =
            """
            syntax = "proto3";
            import "common/money.proto";
            message Order { int64 id = 1; common.Money total = 2; }
            """;

    private static final Struct MONEY_COLUMNS = new Struct(
            List.of(Column.optional("cents", Primitive.LONG), Column.optional("currency", Primitive.STRING)));

    /** id 3, 50 cents. */
    private static final RawRecord RECORD = AvroBytes.raw(AvroBytes.framed(0, 0x08, 3, 0x12, 2, 0x08, 100));

    private final FakeRegistry registry = new FakeRegistry();
    private final Diagnostics diagnostics = new Diagnostics();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void readsARecordWithTheFilesThatItsSchemaImports() throws Exception {
        order("/schemas/ids/7");
        money();
        TableSchema table = new TableSchema(
                List.of(Column.optional("id", Primitive.LONG), Column.optional("total", MONEY_COLUMNS)));
        String kept;
        try (FormatReader reader = reader();
                SchemaMemory memory = format().memory(raw -> raw)) {
            assertThat(reader.schemaId(RECORD)).isEqualTo(7);
            assertThat(reader.decoder(7, table, Row.FACTORY).decode(RECORD))
                    .isEqualTo(Row.of("id", 3L, "total", Row.of("cents", 50L, "currency", "EUR")));
            assertThat(reader.column(7, "id").read(RECORD)).isEqualTo(3L);
            assertThat(reader.column(7, "none").read(RECORD)).isNull();
            assertThat(reader.projection(7, new TableSchema(table.columns().subList(0, 1)), Row.FACTORY)
                            .decode(RECORD))
                    .isEqualTo(Row.of("id", 3L));
            kept = memory.definition(7).orElseThrow();
        }
        assertThat(registry.requests())
                .containsExactly(
                        "/schemas/ids/7",
                        "/subjects/common/versions/2?deleted=true",
                        "/subjects/currency/versions/1?deleted=true");
        registry.close();

        try (SchemaMemory memory = format().memory(raw -> raw);
                FormatReader reader = reader()) {
            memory.learn(7, kept);
            assertThat(reader.column(7, "id").read(RECORD)).isEqualTo(3L);
        }
    }

    @Test
    void refusesAColumnThatCanNotTakeTheField() throws Exception {
        order("/schemas/ids/7");
        money();
        try (FormatReader reader = reader()) {
            TableSchema narrow = new TableSchema(List.of(Column.required("id", Primitive.INT)));
            RowDecoder decoder = reader.decoder(7, narrow, Row.FACTORY);
            Rejected rejected = catchThrowableOfType(Rejected.class, () -> decoder.decode(RECORD));
            assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
            assertThat(rejected.reason())
                    .isEqualTo("`id` is long, and the table's column is int; the table has no column for `total`"
                            + " (struct<cents: long, currency: string>)");
            assertThat(catchThrowableOfType(Rejected.class, () -> decoder.decode(RECORD)))
                    .as("found out once")
                    .isSameAs(rejected);
        }
    }

    @Test
    void refusesSchemasThatCanNotBeRead() throws Exception {
        registry.answer("/schemas/ids/1", 200, answer("PROTOBUF", "message {", ""));
        registry.answer("/schemas/ids/2", 200, "{'schema': '\\\"string\\\"'}");
        registry.answer("/schemas/ids/3", 200, answer("PROTOBUF", ORDER, reference("common/money.proto", "avro", 1)));
        registry.answer("/subjects/avro/versions/1", 200, "{'schema': '\\\"string\\\"'}");
        assertRefused(1, "schema id `1` is no Protobuf schema: Syntax error in schema.proto:1:9: expected a word");
        assertRefused(2, "schema id `2` is of type `AVRO`, and the format reads `PROTOBUF`");
        assertRefused(3, "schema id 3 refers to version 1 of subject `avro`, which is of type `AVRO`");
    }

    private void assertRefused(int id, String why) {
        try (FormatReader reader = reader()) {
            Rejected rejected = catchThrowableOfType(
                    Rejected.class, () -> reader.decoder(id, new TableSchema(List.of()), Row.FACTORY));
            assertThat(rejected.code()).isEqualTo(RejectCode.UNMAPPABLE_SCHEMA);
            assertThat(rejected.reason()).isEqualTo(why);
        }
    }

    @Test
    void aPlanHasTheColumnsOfTheFirstMessage() throws Exception {
        order("/subjects/orders-value/versions/latest");
        money();
        registry.answer("/subjects/broken-value/versions/latest", 200, answer("PROTOBUF", "message {", ""));
        registry.answer("/subjects/empty-value/versions/latest", 200, answer("PROTOBUF", "", ""));
        registry.answer("/subjects/avro-value/versions/latest", 200, "{'schema': '\\\"string\\\"'}");
        Subjects subjects = Subjects.of(options(), raw -> raw, SPAN);

        assertThat(subjects.inspect("orders", SPAN, diagnostics).orElseThrow().columns())
                .isEqualTo(new TableSchema(
                        List.of(Column.optional("id", Primitive.LONG), Column.optional("total", MONEY_COLUMNS))));
        for (String topic : List.of("broken", "empty", "avro")) {
            assertThat(subjects.inspect(topic, SPAN, diagnostics)).isEmpty();
        }
        assertThat(diagnostics.inOrder().stream().map(Diagnostic::message))
                .containsExactlyInAnyOrder(
                        "the schema of `broken-value` is no Protobuf that can be read here: Syntax error in"
                                + " schema.proto:1:9: expected a word",
                        "the schema of `empty-value` is no Protobuf that can be read here: it has no message",
                        "the latest version of subject `avro-value` is of type `AVRO`, and the format reads `PROTOBUF`");
        assertThat(diagnostics.inOrder().stream().map(Diagnostic::code))
                .contains(SchemaCode.UNMAPPABLE_SCHEMA, SchemaCode.UNSUPPORTED_SCHEMA_TYPE);
    }

    private void order(String path) throws Exception {
        registry.answer(path, 200, answer("PROTOBUF", ORDER, reference("common/money.proto", "common", 2)));
    }

    private void money() throws Exception {
        registry.answer(
                "/subjects/common/versions/2",
                200,
                answer("PROTOBUF", MONEY, reference("common/currency.proto", "currency", 1)));
        registry.answer("/subjects/currency/versions/1", 200, answer("PROTOBUF", CURRENCY, ""));
    }

    private static String reference(String name, String subject, int version) {
        return ", \"references\": [{\"name\": \"" + name + "\", \"subject\": \"" + subject + "\", \"version\": "
                + version + "}]";
    }

    private static String answer(String type, String schema, String references) throws Exception {
        return "{\"schemaType\": \"" + type + "\", \"schema\": " + new ObjectMapper().writeValueAsString(schema)
                + references + "}";
    }

    private FormatReader reader() {
        return format().open(raw -> raw);
    }

    private ProtobufFormat format() {
        return (ProtobufFormat) Formats.of(options(), SHELF, Map.of());
    }

    private FormatOptions options() {
        Node.Mapping node = (Node.Mapping)
                YamlReader.read("f.yaml", "{type: protobuf, registry: {url: \"" + registry.url() + "\"}}")
                        .value()
                        .orElseThrow();
        return Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
    }
}

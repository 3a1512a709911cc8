package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.StreamSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns of topics whose values are JSON, by the registry or by a file. */
class JsonSubjectsTest {

    private static final SourceSpan SPAN = new SourceSpan("shop.yaml", 4, 12, 6);

    private final FakeRegistry registry = new FakeRegistry();
    private final Diagnostics diagnostics = new Diagnostics();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void takesTheNewestSchemaOfTheRegistry() {
        registry.answer(
                "/subjects/orders-value/versions/latest",
                200,
                "{'schemaType': 'JSON', 'schema': '{\\\"properties\\\": {\\\"id\\\": {\\\"type\\\": \\\"integer\\\"}}}'}");
        registry.answer("/subjects/old-value/versions/latest", 200, "{'schema': '\\\"string\\\"'}");
        registry.answer("/subjects/xml-value/versions/latest", 200, "{'schemaType': 'XML', 'schema': 'x'}");
        registry.answer("/subjects/none-value/versions/latest", 200, "{'schemaType': 'JSON', 'schema': 'x'}");
        Subjects subjects = subjects("{type: json, registry: {url: URL}}");

        StreamSchema orders = subjects.inspect("orders", SPAN, diagnostics).orElseThrow();
        assertThat(orders.columns()).isEqualTo(new TableSchema(List.of(Column.optional("id", Primitive.LONG))));
        for (String topic : List.of("old", "xml", "none")) {
            assertThat(subjects.inspect(topic, SPAN, diagnostics)).isEmpty();
        }
        assertThat(diagnostics.inOrder())
                .containsExactlyInAnyOrder(
                        Diagnostic.error(
                                        SchemaCode.UNSUPPORTED_SCHEMA_TYPE,
                                        SPAN,
                                        "the latest version of subject `old-value` is of type `AVRO`, and the format reads"
                                                + " `JSON`")
                                .fixedBy("register a version that is a JSON Schema in one piece"),
                        Diagnostic.error(
                                        SchemaCode.UNSUPPORTED_SCHEMA_TYPE,
                                        SPAN,
                                        "the latest version of subject `xml-value` is of type `XML`, and only AVRO,"
                                                + " JSON, PROTOBUF are read")
                                .fixedBy("register a version that is a JSON Schema in one piece"),
                        Diagnostic.error(
                                        SchemaCode.UNMAPPABLE_SCHEMA,
                                        SPAN,
                                        "the schema of `none-value` is no JSON Schema: it is not JSON")
                                .fixedBy("register a version that is"));
    }

    @Test
    void anAvroSourceTakesNoJsonSchema() {
        registry.answer(
                "/subjects/orders-value/versions/latest", 200, "{'schemaType': 'JSON', 'schema': '\\\"string\\\"'}");

        assertThat(subjects("{type: avro, registry: {url: URL}}").inspect("orders", SPAN, diagnostics))
                .isEmpty();
        assertThat(diagnostics.inOrder())
                .containsExactly(Diagnostic.error(
                                SchemaCode.UNSUPPORTED_SCHEMA_TYPE,
                                SPAN,
                                "the latest version of subject `orders-value` is of type `JSON`, and the format reads `AVRO`")
                        .fixedBy("register a version that is Avro as a whole"));
    }

    @Test
    void takesTheFileBesideThePipelineAndSaysWhatIsWrongWithIt() throws IOException {
        Path file = Files.createDirectories(folder.resolve("schemas")).resolve("orders.json");
        String text = "{\"properties\": {\"id\": {\"type\": \"integer\"}, \"tree\": {}}}";
        Files.writeString(file, text);
        String options = "{type: json, schema-file: schemas/orders.json, json-fields: [tree, stray]}";

        Subjects subjects = subjects(options);
        StreamSchema orders = subjects.inspect("orders", SPAN, diagnostics).orElseThrow();
        assertThat(orders.columns())
                .isEqualTo(new TableSchema(
                        List.of(Column.optional("id", Primitive.LONG), Column.optional("tree", Primitive.STRING))));
        assertThat(orders.definition().value()).isEqualTo(text);
        subjects.reportStrayJsonFields(SPAN, diagnostics);
        Files.writeString(file, text.replace("integer", "text"));
        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        Files.writeString(file, "no");
        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        Files.write(file, new byte[] {-1});
        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        Files.delete(file);
        Subjects again = subjects(options);
        assertThat(again.inspect("orders", SPAN, diagnostics)).isEmpty();
        assertThat(again.inspect("refunds", SPAN, diagnostics)).as("said once").isEmpty();
        assertThat(diagnostics.inOrder())
                .containsExactlyInAnyOrder(
                        Diagnostic.error(
                                        SchemaCode.JSON_FIELD_NOT_FOUND,
                                        SPAN,
                                        "no topic of this source has a field `stray`")
                                .fixedBy(
                                        "write its path as `plan` shows it: names with dots between, `[]` for an array's"
                                                + " items, `{}` for a map's values"),
                        Diagnostic.error(
                                        SchemaCode.UNMAPPABLE_SCHEMA,
                                        SPAN,
                                        "in `schemas/orders.json`, `id`: `text` is no type of JSON Schema")
                                .fixedBy("mend it"),
                        Diagnostic.error(
                                        SchemaCode.UNMAPPABLE_SCHEMA,
                                        SPAN,
                                        "the schema of `schemas/orders.json` is no JSON Schema: it is not JSON")
                                .fixedBy("mend the file"),
                        Diagnostic.error(
                                        SchemaCode.SCHEMA_FILE_UNREADABLE,
                                        fileSpan(),
                                        "the file `schemas/orders.json` can't be read as UTF-8 text")
                                .fixedBy("write its path from the folder of the pipeline file"),
                        Diagnostic.error(
                                        SchemaCode.SCHEMA_FILE_UNREADABLE,
                                        fileSpan(),
                                        "there is no file `schemas/orders.json` beside the pipeline file")
                                .fixedBy("write its path from the folder of the pipeline file"));
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void takesAnAvroSchemaInAFileForAvroInJson() throws IOException {
        Path file = folder.resolve("order.avsc");
        String text = AvroBytes.record("id 'int'").toString();
        Files.writeString(file, text);
        Subjects subjects = subjects("{type: avro, encoding: json, schema-file: order.avsc}");

        StreamSchema orders = subjects.inspect("orders", SPAN, diagnostics).orElseThrow();
        assertThat(orders.columns()).isEqualTo(new TableSchema(List.of(Column.required("id", Primitive.INT))));
        assertThat(orders.definition().value()).isEqualTo(text);
        Files.writeString(file, "{}");
        assertThat(subjects.inspect("orders", SPAN, diagnostics)).isEmpty();
        assertThat(diagnostics.inOrder())
                .containsExactly(Diagnostic.error(
                                SchemaCode.UNMAPPABLE_SCHEMA,
                                SPAN,
                                "the schema of `order.avsc` is not valid Avro: No type: {}")
                        .fixedBy("mend the file"));
    }

    private Subjects subjects(String yaml) {
        Node.Mapping node = (Node.Mapping) YamlReader.read("f.yaml", yaml.replace("URL", registry.url()))
                .value()
                .orElseThrow();
        FormatOptions format = Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
        return Subjects.of(format, raw -> raw, SPAN).withFile(fileSpan());
    }

    private SourceSpan fileSpan() {
        return new SourceSpan(folder.resolve("shop.yaml").toString(), 9, 1, 1);
    }
}
